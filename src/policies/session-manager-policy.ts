import { Stack } from 'aws-cdk-lib';
import { IInterfaceVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import { IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { StatementParts, allow, allowThroughEndpoint } from './statements';

/** What the SSM Agent calls to be a managed node. */
const SYSTEMS_MANAGER_ACTIONS = ['ssm:UpdateInstanceInformation'];

/** What the SSM Agent calls to carry sessions. */
export const MESSAGE_ACTIONS = [
  'ssmmessages:CreateControlChannel',
  'ssmmessages:CreateDataChannel',
  'ssmmessages:OpenControlChannel',
  'ssmmessages:OpenDataChannel',
];

/** What the agent calls to run what is associated with its node, and to tell how that went. */
const ASSOCIATION_ACTIONS = [
  'ssm:DescribeAssociation',
  'ssm:DescribeDocument',
  'ssm:GetDocument',
  'ssm:ListAssociations',
  'ssm:ListInstanceAssociations',
  'ssm:PutComplianceItems',
  'ssm:UpdateAssociationStatus',
  'ssm:UpdateInstanceAssociationStatus',
];

/** What nodes are managed for in addition to sessions. */
export interface ManagedFor {
  readonly inventory?: boolean;
  readonly patching?: boolean;
}

/**
 * What the agent calls of Systems Manager itself, for sessions and what nodes are managed for in addition. Of the
 * actions of `AmazonSSMManagedInstanceCore`, parameters, packages of Distributor and `ec2messages` are left out.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonSSMManagedInstanceCore.html
 */
export function systemsManagerActions({ inventory = false, patching = false }: ManagedFor): string[] {
  return [
    ...SYSTEMS_MANAGER_ACTIONS,
    ...(inventory || patching ? [...ASSOCIATION_ACTIONS, 'ssm:PutInventory'] : []),
    ...(patching ? ['ssm:GetDeployablePatchSnapshotForInstance'] : []),
  ].sort();
}

/**
 * Whose policy a statement is for: the role's, where it is pinned to the endpoint, so that it is of no use elsewhere;
 * or the endpoint's, where it is for the role.
 */
export interface Side {
  readonly endpoint?: IInterfaceVpcEndpoint;
  readonly role?: IRole;
  /** The organization that the role has to be in. */
  readonly organizationId?: string;
}

/**
 * What the workload's role needs for Session Manager: none of these actions can be limited to a resource.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-create-iam-instance-profile.html
 */
export function sessionManagerRoleStatement(purposes: ManagedFor): PolicyStatement {
  return allow({
    sid: 'UseSessionManager',
    actions: [...systemsManagerActions(purposes), ...MESSAGE_ACTIONS],
    resources: ['*'],
  });
}

/** What the workload's role may do through an endpoint of Systems Manager. */
export function sessionManagerEndpointStatement(actions: readonly string[], side: Side): PolicyStatement {
  return onSide({ sid: 'UseSessionManager', actions, resources: ['*'] }, side);
}

/**
 * The agent makes a stream for each session in the log group, and writes to it.
 *
 * @param logGroupArn the ARN of the group, which ends in `:*` for its streams
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-create-iam-instance-profile.html
 */
export function writeSessionLogs(logGroupArn: string, side: Side): PolicyStatement {
  const actions = ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'];
  return onSide({ sid: 'WriteSessionLogs', actions, resources: [logGroupArn] }, side);
}

/** The agent looks for its log group among those of the account and Region. */
export function findLogGroups(scope: IConstruct, side: Side): PolicyStatement {
  const resources = [Stack.of(scope).formatArn({ service: 'logs', resource: 'log-group:*' })];
  return onSide({ sid: 'FindLogGroups', actions: ['logs:DescribeLogGroups'], resources }, side);
}

/**
 * The agent decrypts the data key that whoever starts a session made.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/session-preferences-enable-encryption.html
 */
export function decryptSessions(keyArn: string, side: Side): PolicyStatement {
  return onSide({ sid: 'DecryptSessions', actions: ['kms:Decrypt'], resources: [keyArn] }, side);
}

function onSide(parts: StatementParts, { endpoint, role, organizationId }: Side): PolicyStatement {
  return role === undefined
    ? allow({ ...parts, conditions: { StringEquals: endpoint && { 'aws:SourceVpce': endpoint.vpcEndpointId } } })
    : allowThroughEndpoint({
        ...parts,
        conditions: {
          ArnEquals: { 'aws:PrincipalArn': role.roleArn },
          StringEquals: organizationId === undefined ? undefined : { 'aws:PrincipalOrgID': organizationId },
        },
      });
}
