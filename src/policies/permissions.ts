import { IRole } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import {
  AccessGrant,
  AccessLine,
  BUCKET_OWNER_ACL,
  BUCKET_OWNER_ACTION,
  BucketAccess,
  PREFIX_CONDITION_ACTIONS,
} from '../access';
import { accessPointArnOf, bucketArnOf } from '../private';

/** Actions on the same keys, after overlapping accesses are merged. */
export interface Actions {
  readonly actions: readonly string[];
  /** Patterns of keys: prefixes with `*`, and exact ones. Absent: the whole bucket. */
  readonly keys?: readonly string[];
}

/** The actions that a role may perform on the same keys of a bucket, after overlapping grants are merged. */
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

/** What the grants allow on buckets: at most one permission for each role, bucket, action and set of keys. */
export function bucketPermissions(grants: readonly AccessGrant[]): Permission[] {
  return byRoleAndBucket(grants).flatMap(grant =>
    actionsOnBucket(grant.access).map(each => ({ ...wayOf(grant), ...each })),
  );
}

/** What the grants allow on objects: at most one permission for each role, bucket, action and set of keys. */
export function objectPermissions(grants: readonly AccessGrant[]): Permission[] {
  return byRoleAndBucket(grants).flatMap(grant =>
    actionsOnObjects(grant.access).map(each => ({ ...wayOf(grant), ...each })),
  );
}

/** The actions on a bucket, merged: a prefix limits those only that carry it. */
export function actionsOnBucket(access: readonly BucketAccess[]): Actions[] {
  return merge(
    access,
    each => each.bucketActions,
    (action, line) => (PREFIX_CONDITION_ACTIONS.has(action) ? keysOf(line) : undefined),
  );
}

/** The actions on the objects of a bucket, merged. */
export function actionsOnObjects(access: readonly BucketAccess[]): Actions[] {
  return merge(
    access,
    each => each.objectActions,
    (_, line) => keysOf(line),
  );
}

/** The condition of the one action that is granted with one value only; absent for all others. */
export function withOneAcl({ actions }: Actions): Record<string, string> | undefined {
  return actions.includes(BUCKET_OWNER_ACTION) ? { 's3:x-amz-acl': BUCKET_OWNER_ACL } : undefined;
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
  const { bucket, keys = EVERY_KEY } = permission;
  return [...accessPointObjectArns(permission), ...keys.map(key => `${bucketArnOf(bucket)}/${key}`)];
}

/** The ARNs of objects as the access point of a permission names them; none where there is no access point. */
export function accessPointObjectArns({ accessPointArn, keys = EVERY_KEY }: Permission): string[] {
  return accessPointArn === undefined ? [] : keys.map(key => `${accessPointArn}/object/${key}`);
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

const EVERY_KEY = ['*'];

type ActionsOf = (line: AccessLine) => readonly string[];
type KeysOf = (action: string, line: AccessLine) => string | undefined;

function keysOf({ key, prefix }: AccessLine): string | undefined {
  return key ?? (prefix === undefined ? undefined : `${prefix}*`);
}

function merge(access: readonly BucketAccess[], actionsOf: ActionsOf, patternOf: KeysOf): Actions[] {
  const lines = access.flatMap(({ _lines }) => _lines);
  const actions = [...new Set(lines.flatMap(actionsOf))].sort();
  const scoped = actions.map(action => ({
    action,
    keys: widest(lines.filter(each => actionsOf(each).includes(action)).map(each => patternOf(action, each))),
  }));
  return groupBy(scoped, ({ action, keys }) => JSON.stringify([keys ?? null, action === BUCKET_OWNER_ACTION])).map(
    group => ({ actions: group.map(({ action }) => action), keys: group[0].keys }),
  );
}

/** The patterns without those that another one covers; absent when one of them is the whole bucket. */
function widest(patterns: readonly (string | undefined)[]): string[] | undefined {
  const named = patterns.filter(pattern => pattern !== undefined);
  if (named.length < patterns.length) {
    return undefined;
  }
  const distinct = [...new Set(named)].sort();
  return distinct.filter(each => !distinct.some(other => other !== each && covers(other, each)));
}

function covers(pattern: string, other: string): boolean {
  return pattern.endsWith('*') && other.startsWith(pattern.slice(0, -1));
}
