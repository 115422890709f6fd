import { Stack } from 'aws-cdk-lib';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { ACCESS_POINT_NAME } from './access-point-name';
import { ACCESSES, BucketAccess } from './bucket-access';
import {
  ASSET,
  BUCKET,
  Fields,
  KEY,
  Problem,
  ROLE,
  accessPointArnOf,
  isConcrete,
  managerOf,
  optional,
} from '../private';

/** One line of an access list: who may do what in which bucket. */
export interface AccessGrant {
  /**
   * The name of the access point that the role reaches the bucket through, in the account and the Region of the
   * bucket: 3 to 50 lower-case letters, digits and hyphens. The bucket's owner makes it, by `DataBucketPolicy`.
   *
   * @default - the bucket itself
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points.html
   */
  readonly accessPointName?: string;

  /** The workload's role. */
  readonly role: IRole;

  /** The data bucket. Its `encryptionKey` and its account are taken into account. */
  readonly bucket: IBucket;

  /** What the role may do in the bucket. */
  readonly access: BucketAccess[];
}

/** A file of the app that a role may read, such as for its user data. */
export interface AssetGrant {
  /** The asset, of a stack for the same account and Region. */
  readonly asset: Asset;

  /**
   * The key of the bootstrap bucket. Name it where the account was bootstrapped with a key of its own
   * (`cdk bootstrap --bootstrap-kms-key-id`), and let its policy delegate to IAM policies.
   *
   * @default - the AWS-managed key, or the one that `cdk bootstrap --bootstrap-customer-key` made: they let the
   * account in
   */
  readonly encryptionKey?: IKey;

  /** The workload's role. */
  readonly role: IRole;
}

/** A line of an access list. */
export const GRANT_FIELDS: Fields<AccessGrant> = {
  access: ACCESSES,
  accessPointName: optional(ACCESS_POINT_NAME),
  bucket: BUCKET,
  role: ROLE,
};

/** A file that a role may read. */
export const ASSET_GRANT_FIELDS: Fields<AssetGrant> = { asset: ASSET, encryptionKey: optional(KEY), role: ROLE };

/** Grants by the construct paths of bucket and role. */
export function inOrder(grants: readonly AccessGrant[]): AccessGrant[] {
  const place = ({ bucket, role }: AccessGrant) => `${bucket.node.path} ${role.node.path}`;
  return [...grants].sort((one, other) => (place(one) < place(other) ? -1 : Number(place(one) > place(other))));
}

/** The policy of a bucket with our perimeter is for its own workloads: nobody delegates there. */
export function accessPointProblems(
  { accessPointName, bucket }: AccessGrant,
  granted: readonly AccessGrant[],
): Problem[] {
  if (accessPointName === undefined) {
    return [];
  }
  const problem = (allowed: string, fix: string) => [{ prop: 'accessPointName', got: accessPointName, allowed, fix }];
  const arn = accessPointArnOf(bucket, accessPointName);
  const other = granted.find(
    each =>
      each.accessPointName === accessPointName &&
      each.bucket.node.path !== bucket.node.path &&
      accessPointArnOf(each.bucket, accessPointName) === arn,
  );
  return [
    ...(managerOf(bucket) === undefined
      ? []
      : problem(
          'an access point of a bucket whose owner opens it by a DataBucketPolicy, in another stack',
          'leave it out: the workload reaches its own bucket directly',
        )),
    ...(other === undefined
      ? []
      : problem(
          `an access point of one bucket, and this one is of ${other.bucket.node.path}`,
          'name another: an account has a name once in a Region',
        )),
  ];
}

/** Where both have policies of ours, each names the other: in two stacks that would be a cyclic reference. */
export function stackProblems({ role, bucket }: AccessGrant): Problem[] {
  const isCyclic =
    managerOf(role) !== undefined && managerOf(bucket) !== undefined && Stack.of(role) !== Stack.of(bucket);
  return isCyclic
    ? [
        {
          prop: 'role',
          got: role,
          allowed: 'a role of the same stack: bucket and role name each other in their policies',
          fix: 'make the bucket in the stack of the role, or import it there by its name',
        },
      ]
    : [];
}

/** The endpoint leads to the own Region, and a bootstrap bucket lets nobody of another account in. */
export function assetProblems(prop: string, asset: Asset, here: Stack): Problem[] {
  const there = Stack.of(asset);
  const differs = (one: string, other: string) => isConcrete(one) && isConcrete(other) && one !== other;
  return !differs(there.account, here.account) && !differs(there.region, here.region)
    ? []
    : [
        {
          prop,
          got: asset,
          allowed: 'an asset that is uploaded to the account and the Region of the role',
          fix: 'make it in the stack of the workload',
        },
      ];
}
