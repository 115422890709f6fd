import { isTrue, Json, listOf, textOf, textsOf, valueAt } from './json';
import type { AccessPointModel, BucketEncryptionModel, BucketModel, KeyModel, PolicyPart } from './model';
import type { ResolvedResource } from './resolved-assembly';
import { ResourceIndex, nameOf, refTo } from './resource-index';

const PUBLIC_ACCESS_SETTINGS = ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'];

/** The keys of an assembly, replicas included. */
export function keysOf(index: ResourceIndex): KeyModel[] {
  return [...index.ofType('AWS::KMS::Key'), ...index.ofType('AWS::KMS::ReplicaKey')].map(resource => {
    const {
      properties,
      ref,
      arn,
      environment: { account, region },
    } = resource;
    return {
      id: ref,
      arn: arn ?? ref,
      account,
      region,
      where: refTo(resource),
      policy: index.policy(resource, 'KeyPolicy', properties.KeyPolicy, `key policy of ${nameOf(resource)}`),
      aliases: index
        .ofType('AWS::KMS::Alias')
        .filter(each => [ref, arn].includes(textOf(each.properties.TargetKeyId)))
        .map(each => each.ref),
      rotated: isTrue(properties.EnableKeyRotation),
    };
  });
}

/** The buckets of an assembly. */
export function bucketsOf(index: ResourceIndex, keys: readonly KeyModel[]): BucketModel[] {
  return index.ofType('AWS::S3::Bucket').map(resource => {
    const {
      properties,
      ref,
      arn,
      environment: { account, region, deploymentRoleArns },
    } = resource;
    return {
      name: ref,
      arn: arn ?? ref,
      account,
      region,
      where: refTo(resource),
      policy: bucketPolicyOf(ref, index),
      encryption: encryptionOf(resource, keys),
      blocksPublicAccess: blocksPublicAccess(properties.PublicAccessBlockConfiguration),
      deploymentRoleArns,
      versioned: valueAt(properties.VersioningConfiguration, 'Status') === 'Enabled',
    };
  });
}

/** The access points of an assembly, each with the encryption of its bucket, as far as that is in it. */
export function accessPointsOf(index: ResourceIndex, buckets: readonly BucketModel[]): AccessPointModel[] {
  return index.ofType('AWS::S3::AccessPoint').map(resource => {
    const {
      properties,
      ref,
      arn,
      environment: { account, region },
    } = resource;
    const bucketName = textOf(properties.Bucket) ?? '';
    return {
      name: arn ?? ref,
      bucketName,
      arn: arn ?? ref,
      account,
      region,
      where: refTo(resource),
      policy: index.policy(resource, 'Policy', properties.Policy, `access point policy of ${nameOf(resource)}`),
      encryption: buckets.find(({ name }) => name === bucketName)?.encryption,
      blocksPublicAccess: blocksPublicAccess(properties.PublicAccessBlockConfiguration),
      versioned: false,
    };
  });
}

function blocksPublicAccess(settings: Json | undefined): boolean {
  return PUBLIC_ACCESS_SETTINGS.every(each => isTrue(valueAt(settings, each)));
}

/** The policy that the assembly attaches to a bucket. A bucket has one policy at most: a second one is reported. */
export function bucketPolicyOf(bucket: string, index: ResourceIndex): PolicyPart | undefined {
  const [first, ...others] = index
    .ofType('AWS::S3::BucketPolicy')
    .filter(({ properties }) => textOf(properties.Bucket) === bucket);
  for (const other of others) {
    index.unreadable(other, 'Bucket', `the bucket ${bucket} has another policy already`);
  }
  return (
    first && index.policy(first, 'PolicyDocument', first.properties.PolicyDocument, `bucket policy of ${nameOf(first)}`)
  );
}

function encryptionOf(
  { properties, environment: { account, region } }: ResolvedResource,
  keys: readonly KeyModel[],
): BucketEncryptionModel {
  const [rule] = listOf(valueAt(properties.BucketEncryption, 'ServerSideEncryptionConfiguration'));
  const byDefault = valueAt(rule, 'ServerSideEncryptionByDefault');
  const keyId = textOf(valueAt(byDefault, 'KMSMasterKeyID'));
  return {
    algorithm: textOf(valueAt(byDefault, 'SSEAlgorithm')) ?? 'AES256',
    keyId,
    key:
      keys.find(key => key.account === account && key.region === region && means(keyId, key)) ??
      keys.find(key => key.arn === keyId),
    bucketKey: isTrue(valueAt(rule, 'BucketKeyEnabled')),
    blockedTypes: blockedTypes(rule),
  };
}

/** A key goes by its id, its ARN, the name of an alias or the ARN of one. */
function means(keyId: string | undefined, { id, arn, aliases }: KeyModel): boolean {
  return (
    keyId !== undefined &&
    (keyId === id || keyId === arn || aliases.some(alias => keyId === alias || keyId.endsWith(`:${alias}`)))
  );
}

function blockedTypes(rule: Json | undefined): string[] {
  return textsOf(valueAt(rule, 'BlockedEncryptionTypes', 'EncryptionType'));
}
