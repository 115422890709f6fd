import { isTrue, Json, JsonObject, listOf, textOf, textsOf, valueAt } from './json';
import type { AccessPointModel, BucketEncryptionModel, BucketModel, KeyModel, PolicyPart } from './model';
import type { ResolvedResource } from './resolved-assembly';
import { ResourceIndex, nameOf, refTo } from './resource-index';
import { isSymbolic } from './symbols';

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
      policy:
        index.policy(resource, 'KeyPolicy', properties.KeyPolicy, `key policy of ${nameOf(resource)}`) ??
        defaultKeyPolicy(resource),
      aliases: index
        .ofType('AWS::KMS::Alias')
        .filter(each => [ref, arn].includes(textOf(each.properties.TargetKeyId)))
        .map(each => each.ref),
      rotated: isTrue(properties.EnableKeyRotation),
      tagNames: tagNamesIn(properties.Tags),
      ...(unusable(properties) === undefined ? {} : { unusable: unusable(properties) }),
      ...(isTrue(properties.MultiRegion) ? { isMultiRegion: true } : {}),
      ...(properties.PrimaryKeyArn === undefined ? {} : { replicaOf: textOf(properties.PrimaryKeyArn) }),
    };
  });
}

/**
 * What AWS KMS gives a key without a policy.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
function defaultKeyPolicy(resource: ResolvedResource): PolicyPart {
  const { account, partition } = resource.environment;
  const Principal = { AWS: `arn:${partition}:iam::${account}:root` };
  return {
    name: `default key policy of ${nameOf(resource)}`,
    where: refTo(resource),
    document: {
      Version: '2012-10-17',
      Statement: [{ Sid: 'Enable IAM User Permissions', Effect: 'Allow', Principal, Action: 'kms:*', Resource: '*' }],
    },
  };
}

/**
 * S3 takes symmetric keys for encryption that are enabled and have material.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
function unusable({ Enabled, KeySpec, KeyUsage, Origin }: JsonObject): string | undefined {
  const [spec, usage, origin] = [KeySpec, KeyUsage, Origin].map(textOf);
  if (textOf(Enabled) === 'false') {
    return 'is disabled';
  }
  if ((spec ?? 'SYMMETRIC_DEFAULT') !== 'SYMMETRIC_DEFAULT') {
    return `is of the kind ${spec}, and S3 takes symmetric keys only`;
  }
  if ((usage ?? 'ENCRYPT_DECRYPT') !== 'ENCRYPT_DECRYPT') {
    return `is for ${usage}, and not for encryption`;
  }
  return origin === 'EXTERNAL' ? 'has no material until somebody imports it' : undefined;
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
      retained: resource.isRetained,
      tagNames: seenTags(properties),
      ...(openByAcl(properties) === undefined ? {} : { openByAcl: openByAcl(properties) }),
    };
  });
}

/**
 * Policies see the tags of a bucket where attribute-based access control is enabled.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/buckets-tagging-enable-abac.html
 */
function seenTags({ AbacStatus, Tags }: JsonObject): readonly string[] | undefined {
  return AbacStatus === undefined || textOf(AbacStatus) === 'Disabled' ? [] : tagNamesIn(Tags);
}

/** The names of tags; nothing if one of them is not known. */
function tagNamesIn(tags: Json | undefined): readonly string[] | undefined {
  const names = listOf(tags).map(each => textOf(valueAt(each, 'Key')));
  return names.every(each => each !== undefined && !isSymbolic(each)) ? (names as readonly string[]) : undefined;
}

/** Canned lists that let others in, and whether Block Public Access covers them. */
const CANNED: Readonly<Record<string, string>> = {
  PublicRead: 'everybody list it',
  PublicReadWrite: 'everybody list it and write to it',
  AuthenticatedRead: 'everybody with an AWS account list it',
};

/**
 * Access control lists count unless the owner of the bucket owns its objects, which is the default, and public ones
 * unless Block Public Access ignores them, which is the default, too.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
 */
function openByAcl({
  AccessControl,
  OwnershipControls,
  PublicAccessBlockConfiguration,
}: JsonObject): string | undefined {
  const [rule] = listOf(valueAt(OwnershipControls, 'Rules'));
  const ownership = textOf(valueAt(rule, 'ObjectOwnership')) ?? 'BucketOwnerEnforced';
  if (ownership === 'BucketOwnerEnforced') {
    return undefined;
  }
  const ignoresPublic =
    PublicAccessBlockConfiguration === undefined || isTrue(valueAt(PublicAccessBlockConfiguration, 'IgnorePublicAcls'));
  if (ignoresPublic) {
    return undefined;
  }
  const canned = CANNED[textOf(AccessControl) ?? ''];
  return canned === undefined
    ? `its access control lists and those of its objects count (${ownership}), and public ones are not ignored`
    : `its access control list lets ${canned}`;
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
