import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Permission, bucketArns, bucketPermissions, objectArns, objectPermissions, withOneAcl } from './permissions';
import { allowAccounts, sidOf, withinOrganization } from './statements';
import { AccessGrant, AccessList } from '../access';
import { roleArnOf } from '../private';

/**
 * The Allows that a bucket of another account needs for what does not come through an access point (rule 4g of
 * `docs/policy-rules.md`): the account as principal, because a role as principal must exist first and goes stale when
 * it is re-created, and the role in a condition.
 *
 * @param account the account of the workload
 * @param endpointAccount the account of its endpoints, where their ids cannot be named
 */
export function accountAllowStatements(
  list: AccessList,
  bucket: IBucket,
  account: string,
  endpointAccount = account,
): PolicyStatement[] {
  const direct = grantsOn(bucket, list).filter(({ accessPointName }) => accessPointName === undefined);
  return bucket.env.account === account
    ? []
    : allowStatements(direct, { list, account, endpointAccount, bucketArns, objectArns });
}

/** The lines of an access list that are about a bucket. */
export function grantsOn(bucket: IBucket, list: AccessList): AccessGrant[] {
  return list._allGrants.filter(grant => grant.bucket.node.path === bucket.node.path);
}

/** Whom the Allows of a resource policy are for, and how the resource is named. */
export interface AllowedAccount {
  readonly list: AccessList;
  readonly account: string;
  readonly endpointAccount: string;
  readonly bucketArns: (permission: Permission) => string[];
  readonly objectArns: (permission: Permission) => string[];
}

/** The Allows of a resource policy for the roles of an account; their Sids are not unique yet. */
export function allowStatements(grants: readonly AccessGrant[], allowed: AllowedAccount): PolicyStatement[] {
  return [
    ...bucketPermissions(grants).map(each => allowStatement(each, allowed, allowed.bucketArns(each), each.keys)),
    ...objectPermissions(grants).map(each => allowStatement(each, allowed, allowed.objectArns(each))),
  ];
}

function allowStatement(
  permission: Permission,
  allowed: AllowedAccount,
  resources: string[],
  keys?: readonly string[],
): PolicyStatement {
  const { account, endpointAccount, list } = allowed;
  const within = withinOrganization(list);
  const throughEndpoint =
    list.vpcEndpointIds.length > 0 ? { 'aws:SourceVpce': list.vpcEndpointIds } : { 'aws:VpceAccount': endpointAccount };
  return allowAccounts([account], {
    sid: sidOf(permission.actions),
    actions: permission.actions,
    resources,
    conditions: {
      ...within,
      ArnEquals: { 'aws:PrincipalArn': roleArnOf(permission.role) },
      StringEquals: { ...within.StringEquals, ...throughEndpoint, ...withOneAcl(permission) },
      StringLike: keys && { 's3:prefix': keys },
    },
  });
}
