import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { EndpointsOfPerimeter, endpointsOf } from './bucket-policy';
import { allowStatements, grantsOn } from './cross-account-policy';
import { accessPointObjectArns } from './permissions';
import { allowAccounts, denyEveryone, withUniqueSids } from './statements';
import { AccessGrant, AccessList } from '../access';
import { accessPointArnOf, bucketArnOf, isConcrete, roleArnOf } from '../private';

/** Who comes through endpoints. */
export interface EndpointUser {
  /** The endpoints that can be named. */
  readonly list: { readonly vpcEndpointIds: readonly string[] };
  /** The account of the endpoints, where their ids cannot be named. */
  readonly endpointAccount: string;
}

/** A workload that reaches a bucket, directly or through an access point. */
export interface AccessPointUser extends EndpointUser {
  /** What its roles are granted, and the endpoints that they come through. */
  readonly list: AccessList;
  /** The account of its roles. */
  readonly account: string;
}

const LISTS = ['s3:ListBucket', 's3:ListBucketMultipartUploads', 's3:ListBucketVersions'];

/**
 * The policy of an access point. Roles of other accounts need Allows, which name their endpoints; those of the
 * bucket's own account need none, so Denies keep them to their endpoints, and those whose account may be the same.
 * Others of that account are kept out, whatever their own policies allow. No Deny hits the configuration of the
 * access point.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html
 */
export function accessPointStatements(
  name: string,
  users: readonly AccessPointUser[],
  bucket: IBucket,
): PolicyStatement[] {
  const arn = accessPointArnOf(bucket, name);
  const through = users
    .map(user => ({ ...user, grants: grantsThrough(name, bucket, user.list) }))
    .filter(({ grants }) => grants.length > 0);
  const others = through.filter(({ account }) => account !== bucket.env.account);
  const mayBeOwn = through.some(
    ({ account }) => account === bucket.env.account || !isConcrete(account) || !isConcrete(bucket.env.account),
  );
  const roles = new Set(through.flatMap(({ grants }) => grants).map(({ role }) => roleArnOf(role)));
  return withUniqueSids([
    ...others.flatMap(({ grants, ...user }) =>
      allowStatements(grants, { ...user, bucketArns: () => [arn], objectArns: accessPointObjectArns }),
    ),
    ...(mayBeOwn
      ? denyObjects(arn, 'OutsideEndpoint', { StringNotEquals: endpointsOf(endpointsOfUsers(through)) })
      : []),
    ...denyObjects(arn, 'ToOthers', { ArnNotEquals: { 'aws:PrincipalArn': [...roles] } }),
  ]);
}

/** What lies behind an access point, and the lists of it. */
function denyObjects(
  arn: string,
  when: string,
  conditions: Record<string, Record<string, readonly string[]>>,
): PolicyStatement[] {
  return [
    denyEveryone({ sid: `DenyObjects${when}`, actions: ['s3:*'], resources: [`${arn}/object/*`], conditions }),
    denyEveryone({ sid: `DenyLists${when}`, actions: LISTS, resources: [arn], conditions }),
  ];
}

/**
 * What lets the roles of other accounts into a bucket through its access points, whose policies say who may do what:
 * one statement for all. In the account of the bucket the policies of roles are enough.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html
 */
export function delegationStatements(users: readonly AccessPointUser[], bucket: IBucket): PolicyStatement[] {
  const others = users.filter(({ account }) => account !== bucket.env.account);
  const grants = others.flatMap(({ list }) => accessPointGrants(bucket, list));
  if (grants.length === 0) {
    return [];
  }
  const actions = grants
    .flatMap(({ access }) => access)
    .flatMap(({ bucketActions, objectActions }) => [...bucketActions, ...objectActions]);
  const accounts = others
    .filter(({ list }) => accessPointGrants(bucket, list).length > 0)
    .map(({ account }) => account);
  return [
    allowAccounts([...new Set(accounts)].sort(), {
      sid: 'DelegateToAccessPoints',
      actions: [...new Set(actions)].sort(),
      resources: [bucketArnOf(bucket), `${bucketArnOf(bucket)}/*`],
      conditions: {
        ArnEquals: {
          's3:DataAccessPointArn': accessPointNames(others, bucket).map(name => accessPointArnOf(bucket, name)),
        },
      },
    }),
  ];
}

/** The names of the access points of a bucket that workloads come through, sorted. */
export function accessPointNames(users: readonly AccessPointUser[], bucket: IBucket): string[] {
  return [
    ...new Set(
      users.flatMap(({ list }) => accessPointGrants(bucket, list)).map(({ accessPointName }) => accessPointName!),
    ),
  ].sort();
}

function accessPointGrants(bucket: IBucket, list: AccessList): AccessGrant[] {
  return grantsOn(bucket, list).filter(({ accessPointName }) => accessPointName !== undefined);
}

function grantsThrough(name: string, bucket: IBucket, list: AccessList): AccessGrant[] {
  return grantsOn(bucket, list).filter(({ accessPointName }) => accessPointName === name);
}

/** The endpoints of users: their ids, or, where those cannot be named, the account that they are in. */
export function endpointsOfUsers(users: readonly EndpointUser[]): EndpointsOfPerimeter {
  const unnamed = users.filter(({ list }) => list.vpcEndpointIds.length === 0);
  return {
    vpcEndpointIds: [...new Set(users.flatMap(({ list }) => list.vpcEndpointIds))],
    vpcEndpointAccounts: [...new Set(unnamed.map(({ endpointAccount }) => endpointAccount))],
  };
}
