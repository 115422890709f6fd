import { IRole } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { AccessGrant, BucketAccess, PREFIX_CONDITION_ACTIONS } from '../access';
import { accessPointArnOf, bucketArnOf } from '../private';

/** Actions under the same prefixes, after overlapping accesses are merged. */
export interface Actions {
  readonly actions: readonly string[];
  /** Absent: the whole bucket. */
  readonly prefixes?: readonly string[];
}

/** The actions that a role may perform in a bucket under the same prefixes, after overlapping grants are merged. */
export interface Permission extends Actions {
  readonly role: IRole;
  readonly bucket: IBucket;
  /** The access point that the role comes through; absent: the bucket itself. */
  readonly accessPointArn?: string;
}

/** The actions that S3 may perform with a key on a role's behalf. */
export interface KeyPermission {
  readonly role: IRole;
  readonly key: IKey;
  /** The Region of the buckets. */
  readonly region: string;
  readonly actions: readonly string[];
}

/** What the grants allow on buckets: at most one permission for each role, bucket, action and set of prefixes. */
export function bucketPermissions(grants: readonly AccessGrant[]): Permission[] {
  return byRoleAndBucket(grants).flatMap(grant =>
    actionsOnBucket(grant.access).map(each => ({ ...wayOf(grant), ...each })),
  );
}

/** What the grants allow on objects: at most one permission for each role, bucket, action and set of prefixes. */
export function objectPermissions(grants: readonly AccessGrant[]): Permission[] {
  return byRoleAndBucket(grants).flatMap(grant =>
    actionsOnObjects(grant.access).map(each => ({ ...wayOf(grant), ...each })),
  );
}

/** The actions on a bucket, merged: a prefix limits those only that carry it. */
export function actionsOnBucket(access: readonly BucketAccess[]): Actions[] {
  const prefixOf = (action: string, { prefix }: BucketAccess) =>
    PREFIX_CONDITION_ACTIONS.has(action) ? prefix : undefined;
  return merge(access, each => each.bucketActions, prefixOf);
}

/** The actions on the objects of a bucket, merged. */
export function actionsOnObjects(access: readonly BucketAccess[]): Actions[] {
  return merge(
    access,
    each => each.objectActions,
    (_, { prefix }) => prefix,
  );
}

/** What the grants need on the keys of their buckets: one permission for each role and key. */
export function keyPermissions(grants: readonly AccessGrant[]): KeyPermission[] {
  const used = grants.flatMap(({ role, bucket, access }) =>
    bucket.encryptionKey === undefined
      ? []
      : [
          {
            role,
            region: bucket.env.region,
            key: bucket.encryptionKey,
            actions: access.flatMap(({ keyActions }) => keyActions),
          },
        ],
  );
  return groupBy(used, ({ role, key }) => `${role.node.path} ${key.node.path}`)
    .map(group => ({ ...group[0], actions: [...new Set(group.flatMap(({ actions }) => actions))].sort() }))
    .filter(({ actions }) => actions.length > 0);
}

/** The ARNs that a permission on a bucket covers: through an access point, S3 asks for both. */
export function bucketArns({ accessPointArn, bucket }: Permission): string[] {
  return [...(accessPointArn === undefined ? [] : [accessPointArn]), bucketArnOf(bucket)];
}

/** The ARNs that a permission on objects covers: through an access point, S3 asks for both. */
export function objectArns(permission: Permission): string[] {
  const { bucket, prefixes = [''] } = permission;
  return [...accessPointObjectArns(permission), ...prefixes.map(prefix => `${bucketArnOf(bucket)}/${prefix}*`)];
}

/** The ARNs of objects as the access point of a permission names them; none where there is no access point. */
export function accessPointObjectArns({ accessPointArn, prefixes = [''] }: Permission): string[] {
  return accessPointArn === undefined ? [] : prefixes.map(prefix => `${accessPointArn}/object/${prefix}*`);
}

/** The condition that a request comes through the access point of a permission; absent where there is none. */
export function throughAccessPoint({
  accessPointArn,
}: Pick<Permission, 'accessPointArn'>): Record<string, string> | undefined {
  return accessPointArn === undefined ? undefined : { 's3:DataAccessPointArn': accessPointArn };
}

/** Groups items by a key, in the order in which the keys first occur. */
export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  }
  return [...groups.values()];
}

function byRoleAndBucket(grants: readonly AccessGrant[]): AccessGrant[] {
  return groupBy(grants, ({ accessPointName, role, bucket }) =>
    [role.node.path, bucket.node.path, accessPointName].join(' '),
  ).map(group => ({ ...group[0], access: group.flatMap(({ access }) => access) }));
}

function wayOf({ accessPointName, role, bucket }: AccessGrant): Pick<Permission, 'accessPointArn' | 'bucket' | 'role'> {
  return {
    role,
    bucket,
    accessPointArn: accessPointName === undefined ? undefined : accessPointArnOf(bucket, accessPointName),
  };
}

type ActionsOf = (access: BucketAccess) => readonly string[];
type PrefixOf = (action: string, access: BucketAccess) => string | undefined;

function merge(access: readonly BucketAccess[], actionsOf: ActionsOf, prefixOf: PrefixOf): Actions[] {
  const actions = [...new Set(access.flatMap(actionsOf))].sort();
  const scoped = actions.map(action => ({
    action,
    prefixes: widest(access.filter(each => actionsOf(each).includes(action)).map(each => prefixOf(action, each))),
  }));
  return groupBy(scoped, ({ prefixes }) => JSON.stringify(prefixes ?? null)).map(group => ({
    actions: group.map(({ action }) => action),
    prefixes: group[0].prefixes,
  }));
}

/** The prefixes without those that another one covers; absent when one of them is the whole bucket. */
function widest(prefixes: readonly (string | undefined)[]): string[] | undefined {
  const named = prefixes.filter(prefix => prefix !== undefined);
  if (named.length < prefixes.length) {
    return undefined;
  }
  const distinct = [...new Set(named)].sort();
  return distinct.filter(prefix => !distinct.some(other => other !== prefix && prefix.startsWith(other)));
}
