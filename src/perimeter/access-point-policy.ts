import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { allowStatements, grantsOn } from './cross-account-policy';
import { accessPointObjectArns } from './permissions';
import { allowAccounts, denyEveryone, withUniqueSids } from './statements';
import { AccessGrant, AccessList } from '../identity/access-list';
import { accessPointArnOf, bucketArnOf, roleArnOf } from '../private/portable-arns';

/** A workload that reaches a bucket through an access point. */
export interface AccessPointUser {
  /** What its roles are granted, and the endpoints that they come through. */
  readonly list: AccessList;
  /** The account of its roles. */
  readonly account: string;
  /** The account of its endpoints, where their ids cannot be named. */
  readonly endpointAccount: string;
}

const LISTS = ['s3:ListBucket', 's3:ListBucketMultipartUploads', 's3:ListBucketVersions'];

/**
 * The policy of an access point: Allows for the roles of other accounts, and Denies that keep everybody else out, whatever
 * their own policies and the bucket's allow. None of them hits the configuration of the access point.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html
 */
export function accessPointStatements(name: string, users: readonly AccessPointUser[], bucket: IBucket): PolicyStatement[] {
  const arn = accessPointArnOf(bucket, name);
  const roles = users.flatMap(({ list }) => grantsThrough(name, bucket, list)).map(({ role }) => roleArnOf(role));
  const toOthers = { ArnNotEquals: { 'aws:PrincipalArn': [...new Set(roles)] } };
  const outsideEndpoint = { StringNotEquals: endpointsOf(users) };
  const objects = { actions: ['s3:*'], resources: [`${arn}/object/*`] };
  const lists = { actions: LISTS, resources: [arn] };
  return withUniqueSids([
    ...users.filter(({ account }) => account !== bucket.env.account).flatMap(user => allowStatements(grantsThrough(name, bucket, user.list), {
      ...user, bucketArns: () => [arn], objectArns: accessPointObjectArns,
    })),
    denyEveryone({ ...objects, sid: 'DenyObjectsOutsideEndpoint', conditions: outsideEndpoint }),
    denyEveryone({ ...lists, sid: 'DenyListsOutsideEndpoint', conditions: outsideEndpoint }),
    denyEveryone({ ...objects, sid: 'DenyObjectsToOthers', conditions: toOthers }),
    denyEveryone({ ...lists, sid: 'DenyListsToOthers', conditions: toOthers }),
  ]);
}

/**
 * What lets the roles of other accounts into a bucket through its access points, whose policies say who may do what: one
 * statement for all. In the account of the bucket the policies of roles are enough.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html
 */
export function delegationStatements(users: readonly AccessPointUser[], bucket: IBucket): PolicyStatement[] {
  const others = users.filter(({ account }) => account !== bucket.env.account);
  const grants = others.flatMap(({ list }) => accessPointGrants(bucket, list));
  if (grants.length === 0) { return []; }
  const actions = grants.flatMap(({ access }) => access).flatMap(({ bucketActions, objectActions }) => [...bucketActions, ...objectActions]);
  const accounts = others.filter(({ list }) => accessPointGrants(bucket, list).length > 0).map(({ account }) => account);
  return [allowAccounts([...new Set(accounts)].sort(), {
    sid: 'DelegateToAccessPoints',
    actions: [...new Set(actions)].sort(),
    resources: [bucketArnOf(bucket), `${bucketArnOf(bucket)}/*`],
    conditions: { ArnEquals: { 's3:DataAccessPointArn': accessPointNames(others, bucket).map(name => accessPointArnOf(bucket, name)) } },
  })];
}

/** The names of the access points of a bucket that workloads come through, sorted. */
export function accessPointNames(users: readonly AccessPointUser[], bucket: IBucket): string[] {
  return [...new Set(users.flatMap(({ list }) => accessPointGrants(bucket, list)).map(({ accessPointName }) => accessPointName!))].sort();
}

function accessPointGrants(bucket: IBucket, list: AccessList): AccessGrant[] {
  return grantsOn(bucket, list).filter(({ accessPointName }) => accessPointName !== undefined);
}

function grantsThrough(name: string, bucket: IBucket, list: AccessList): AccessGrant[] {
  return grantsOn(bucket, list).filter(({ accessPointName }) => accessPointName === name);
}

/** What requests through the endpoints carry: their ids, or, where those cannot be named, the account that they are in. */
function endpointsOf(users: readonly AccessPointUser[]): Record<string, string[]> {
  const ids = [...new Set(users.flatMap(({ list }) => list.vpcEndpointIds))];
  const accounts = [...new Set(users.filter(({ list }) => list.vpcEndpointIds.length === 0).map(({ endpointAccount }) => endpointAccount))];
  return { ...ids.length > 0 && { 'aws:SourceVpce': ids }, ...accounts.length > 0 && { 'aws:VpceAccount': accounts } };
}
