import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { readAssetsThroughEndpoint } from './asset-policy';
import { awsOwnedEndpointStatements } from './aws-owned-policy';
import {
  Permission,
  bucketArns,
  bucketPermissions,
  groupBy,
  objectArns,
  objectPermissions,
  throughAccessPoint,
  withOneAcl,
} from './permissions';
import { allowThroughEndpoint, sidOf, withUniqueSids } from './statements';
import { AccessList } from '../access';
import { roleArnOf } from '../private';

/**
 * The statements of an S3 endpoint (rule 3 of `docs/policy-rules.md`): what the workload roles may do, on the same
 * ARNs, and the buckets of AWS in statements of their own. Without an Allow an endpoint refuses everything.
 *
 * @param region the Region of the workload
 */
export function endpointStatements(list: AccessList, region: string): PolicyStatement[] {
  return withUniqueSids([
    ...grantsThroughEndpoint(bucketPermissions(list._allGrants), bucketArns, list),
    ...grantsThroughEndpoint(objectPermissions(list._allGrants), objectArns, list),
    ...readAssetsThroughEndpoint(list),
    ...awsOwnedEndpointStatements(list, region),
  ]);
}

interface EndpointGrant {
  readonly roleArn: string;
  readonly account: string;
  readonly accessPointArn?: string;
  readonly actions: readonly string[];
  readonly resource: string;
}

function grantsThroughEndpoint(
  permissions: Permission[],
  arnsOf: (permission: Permission) => string[],
  list: AccessList,
): PolicyStatement[] {
  const grants = permissions.flatMap(permission =>
    arnsOf(permission).map((resource): EndpointGrant => ({
      roleArn: roleArnOf(permission.role),
      account: permission.bucket.env.account,
      accessPointArn: permission.accessPointArn,
      actions: permission.actions,
      resource,
    })),
  );
  const shared = groupBy(grants, ({ account, accessPointArn, actions, resource }) =>
    JSON.stringify([account, accessPointArn, actions, resource]),
  ).map(group => ({ ...group[0], roleArns: [...new Set(group.map(({ roleArn }) => roleArn))] }));
  return groupBy(shared, ({ account, accessPointArn, actions, roleArns }) =>
    JSON.stringify([account, accessPointArn, actions, roleArns]),
  ).map(group => useThroughEndpoint(group[0].roleArns, group, list));
}

function useThroughEndpoint(roleArns: string[], group: readonly EndpointGrant[], list: AccessList): PolicyStatement {
  const [{ actions, account }] = group;
  const organizationId = list.organization?.organizationId;
  return allowThroughEndpoint({
    sid: sidOf(actions),
    actions,
    resources: [...new Set(group.map(({ resource }) => resource))],
    conditions: {
      ArnEquals: { 'aws:PrincipalArn': roleArns, ...throughAccessPoint(group[0]) },
      StringEquals: {
        'aws:ResourceAccount': account,
        ...withOneAcl(group[0]),
        ...(organizationId && { 'aws:PrincipalOrgID': organizationId, 'aws:ResourceOrgID': organizationId }),
      },
    },
  });
}
