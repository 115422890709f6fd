import { Aws } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { groupBy } from './permissions';
import { allow, allowThroughEndpoint } from './statements';
import { AccessList, AwsOwnedAccess } from '../access';

/**
 * Buckets of AWS in the policy of an S3 endpoint: exact ARNs, and for others than our own account's no condition on
 * the principal.
 */
export function awsOwnedEndpointStatements(lists: readonly AccessList[], region: string): PolicyStatement[] {
  const statements = lists.flatMap(list => statementsOf(list, region));
  // what several workloads name for anybody on their machines is one statement
  return groupBy(statements, statement => JSON.stringify(statement.toStatementJson())).map(([first]) => first);
}

function statementsOf(list: AccessList, region: string): PolicyStatement[] {
  return list.awsOwnedBuckets.flatMap(bucket =>
    bucket._accessIn(region).map(({ action, objectArns, ofOwnAccount }) =>
      allowThroughEndpoint({
        sid: `${verb(action)}${bucket.purpose}`,
        actions: [action],
        resources: objectArns,
        conditions: ofOwnAccount
          ? ownAccount(list)
          : bucket.signedByRole && action === 's3:PutObject'
            ? byRoles(list)
            : undefined,
      }),
    ),
  );
}

/** Buckets of AWS in the policy of a role: those that it signs requests for, pinned to the S3 endpoints. */
export function awsOwnedRoleStatements(list: AccessList, region: string): PolicyStatement[] {
  const signed = list.awsOwnedBuckets
    .filter(({ signedByRole }) => signedByRole)
    .flatMap(bucket => bucket._accessIn(region));
  const ofAws = signed.filter(({ ofOwnAccount }) => !ofOwnAccount);
  const endpoints = { 'aws:SourceVpce': list.vpcEndpointIds };
  return [
    ...signedStatement(
      'ReadAwsOwnedBuckets',
      ofAws.filter(({ action }) => action === 's3:GetObject'),
      endpoints,
    ),
    ...signedStatement(
      'WriteAwsOwnedBuckets',
      ofAws.filter(({ action }) => action === 's3:PutObject'),
      endpoints,
    ),
    ...signedStatement(
      'ReadAssets',
      signed.filter(({ ofOwnAccount }) => ofOwnAccount),
      { ...endpoints, 'aws:ResourceAccount': Aws.ACCOUNT_ID },
    ),
  ];
}

function signedStatement(
  sid: string,
  access: readonly AwsOwnedAccess[],
  conditions: Record<string, unknown>,
): PolicyStatement[] {
  const resources = [...new Set(access.flatMap(({ objectArns }) => objectArns))];
  return resources.length === 0
    ? []
    : [allow({ sid, actions: [access[0].action], resources, conditions: { StringEquals: conditions } })];
}

/** The roles sign, so they are named, and the account too: somebody else's bucket of the same name is not meant. */
function ownAccount({ grants, organization }: AccessList): Record<string, Record<string, unknown>> {
  const organizationId = organization?.organizationId;
  return {
    ...byRoles({ grants }),
    StringEquals: {
      'aws:ResourceAccount': Aws.ACCOUNT_ID,
      ...(organizationId && { 'aws:PrincipalOrgID': organizationId, 'aws:ResourceOrgID': organizationId }),
    },
  };
}

/** Where the roles sign an upload, nobody else's credentials take data out that way. */
function byRoles({ grants }: Pick<AccessList, 'grants'>): Record<string, Record<string, unknown>> {
  return { ArnEquals: { 'aws:PrincipalArn': [...new Set(grants.map(({ role }) => role.roleArn))] } };
}

function verb(action: AwsOwnedAccess['action']): string {
  return action === 's3:GetObject' ? 'Read' : 'Write';
}
