import type { Evidence, Finding, Rule } from './rule';
import { BucketModel, isBelow, KeyModel, nameOf, ResourceRef, WorkloadModel } from '../cloudformation';
import { asList } from '../iam';

/**
 * What the construct protects by default, in addition to who may do what: an override that takes it out opens nothing
 * by itself, and is said. Templates without a declaration promise nothing but what they say the contrary of.
 */
export const defaultProtections: Rule = { id: 'default-protections', check: findings };

function findings({ workload, model }: Evidence): Finding[] {
  const isOwn = (where: ResourceRef | undefined): where is ResourceRef =>
    workload.declaration !== undefined &&
    where !== undefined &&
    isBelow(where.constructPath, workload.declaration.constructPath);
  const declared = new Set((workload.declaration?.buckets ?? []).map(({ arn }) => arn));
  const taken = [
    ...volumesOf(workload, isOwn),
    ...model.buckets
      .filter(({ arn, where }) => isOwn(where) && declared.has(arn))
      .flatMap(each => ofBucket(each, workload)),
    ...model.keys.filter(({ where }) => isOwn(where)).flatMap(ofKey),
  ];
  return taken.map(({ where, what, fix }) => ({
    where,
    description: `${nameOf(where)} ${what}`,
    fix: `${fix}, or acknowledge the rule with the reason`,
    isDoubt: true,
  }));
}

interface Taken {
  readonly where: ResourceRef;
  readonly what: string;
  readonly fix: string;
}

/** Where nothing is said, the image and the account decide; the construct says it for the root volume. */
function volumesOf({ volumes = [], kind }: WorkloadModel, isOwn: (where: ResourceRef) => boolean): readonly Taken[] {
  return kind === 'instance profile'
    ? []
    : volumes
        .filter(each => each.encrypted === 'no' || (isOwn(each.where) && each.encrypted !== 'yes'))
        .map(({ where, device }) => ({
          where,
          what: `has the volume ${device ?? 'of its image'} without encryption: what is copied there lies open in snapshots`,
          fix: 'set Encrypted of the EBS volume to true',
        }));
}

function ofBucket(bucket: BucketModel, { declaration }: WorkloadModel): readonly Taken[] {
  const { where, versioned, blocksPublicAccess, encryption, retained } = bucket;
  return where === undefined
    ? []
    : [
        ...unless(versioned, where, 'is not versioned: what is overwritten or deleted is lost', 'enable versioning'),
        ...unless(
          blocksPublicAccess,
          where,
          'does not block all public access: policies and access control lists alone keep it closed',
          'set all four settings of Block Public Access',
        ),
        ...unless(
          encryption === undefined || encryption.blockedTypes.includes('SSE-C'),
          where,
          'accepts keys that its users bring (SSE-C)',
          'block SSE-C in the encryption of the bucket',
        ),
        ...unless(
          bucket.policy === undefined || refusesOldTls(bucket),
          where,
          'has no statement against TLS before 1.2, which AWS does not speak and scanners ask for',
          'deny s3:* where NumericLessThan s3:TlsVersion is 1.2',
        ),
        ...unless(
          retained !== false || declaration?.isRemoved === true,
          where,
          'is deleted with its stack',
          'retain the bucket',
        ),
      ];
}

/**
 * That a bucket has no policy at all is said by the properties.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/network-isolation.html
 */
function refusesOldTls({ policy }: BucketModel): boolean {
  return asList(policy?.document.Statement).some(
    ({ Effect, Condition = {} }) =>
      Effect === 'Deny' &&
      Object.entries(Condition).some(
        ([operator, keys]) =>
          /^NumericLessThan(IfExists)?$/i.test(operator) &&
          Object.keys(keys).some(key => key.toLowerCase() === 's3:tlsversion'),
      ),
  );
}

function ofKey({ where, rotated }: KeyModel): readonly Taken[] {
  return unless(rotated, where, 'is not rotated', 'enable the rotation of the key');
}

function unless(isSo: boolean, where: ResourceRef, what: string, fix: string): readonly Taken[] {
  return isSo ? [] : [{ where, what, fix }];
}
