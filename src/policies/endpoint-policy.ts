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
import { AccessList, inOrder } from '../access';
import { roleArnOf } from '../private';

/**
 * The statements of an S3 endpoint (rule 3 of `docs/policy-rules.md`): what the workload roles may do, on the same
 * ARNs, and the buckets of AWS in statements of their own. Without an Allow an endpoint refuses everything.
 *
 * @param lists the access lists of the workloads on the endpoint
 * @param region the Region of the workloads
 */
export function endpointStatements(lists: readonly AccessList[], region: string): PolicyStatement[] {
  const organizations = groupBy(lists, ({ organization }) => organization?.organizationId ?? '').map(group => ({
    grants: inOrder(group.flatMap(({ _ownGrants }) => _ownGrants)),
    organizationId: group[0].organization?.organizationId,
  }));
  return withUniqueSids([
    ...organizations.flatMap(each => grantsThroughEndpoint(bucketPermissions(each.grants), bucketArns, each)),
    ...organizations.flatMap(each => grantsThroughEndpoint(objectPermissions(each.grants), objectArns, each)),
    ...lists.flatMap(readAssetsThroughEndpoint),
    ...awsOwnedEndpointStatements(lists, region),
  ]);
}

/** The organization that grants are tied to; absent: none. */
interface WithinOrganization {
  readonly organizationId?: string;
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
  within: WithinOrganization,
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
  ).map(group => useThroughEndpoint(group[0].roleArns, group, within));
}

function useThroughEndpoint(
  roleArns: string[],
  group: readonly EndpointGrant[],
  { organizationId }: WithinOrganization,
): PolicyStatement {
  const [{ actions, account }] = group;
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
