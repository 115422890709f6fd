import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Permission, bucketPermissions, objectArns, objectPermissions } from './permissions';
import { allowAccounts, sidOf, withUniqueSids, withinOrganization } from './statements';
import { AccessList } from '../identity/access-list';
import { bucketArnOf, roleArnOf } from '../private/portable-arns';

/**
 * The Allows that a bucket of another account needs (rule 4g of the design): the account as principal, because a role as
 * principal must exist first and goes stale when it is re-created, and the role in a condition.
 *
 * @param account the account of the workload
 * @param endpointAccount the account of its endpoints, where their ids cannot be named
 */
export function accountAllowStatements(list: AccessList, bucket: IBucket, account: string, endpointAccount = account): PolicyStatement[] {
  if (bucket.env.account === account) { return []; }
  const within = withinOrganization(list);
  const throughEndpoint = list.vpcEndpointIds.length > 0 ? { 'aws:SourceVpce': list.vpcEndpointIds } : { 'aws:VpceAccount': endpointAccount };
  const grants = list._allGrants.filter(grant => grant.bucket.node.path === bucket.node.path);
  const allowed = (permission: Permission, resources: string[], prefixes?: readonly string[]) => allowAccounts([account], {
    sid: sidOf(permission.actions),
    actions: permission.actions,
    resources,
    conditions: {
      ...within,
      ArnEquals: { 'aws:PrincipalArn': roleArnOf(permission.role) },
      StringEquals: { ...within.StringEquals, ...throughEndpoint },
      StringLike: prefixes && { 's3:prefix': prefixes.map(prefix => `${prefix}*`) },
    },
  });
  return withUniqueSids([
    ...bucketPermissions(grants).map(permission => allowed(permission, [bucketArnOf(bucket)], permission.prefixes)),
    ...objectPermissions(grants).map(permission => allowed(permission, objectArns(permission))),
  ]);
}
