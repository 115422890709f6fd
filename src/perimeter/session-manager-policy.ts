import { IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { allow, allowThroughEndpoint } from './statements';

/** What the SSM Agent calls to be a managed node. */
export const SYSTEMS_MANAGER_ACTIONS = ['ssm:UpdateInstanceInformation'];

/** What the SSM Agent calls to carry sessions. */
export const MESSAGE_ACTIONS = [
  'ssmmessages:CreateControlChannel',
  'ssmmessages:CreateDataChannel',
  'ssmmessages:OpenControlChannel',
  'ssmmessages:OpenDataChannel',
];

/**
 * What the workload's role needs for Session Manager: none of these actions can be limited to a resource.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-create-iam-instance-profile.html
 */
export function sessionManagerRoleStatement(): PolicyStatement {
  return allow({ sid: 'UseSessionManager', actions: [...SYSTEMS_MANAGER_ACTIONS, ...MESSAGE_ACTIONS], resources: ['*'] });
}

/** What the workload's role may do through an endpoint of Systems Manager. */
export function sessionManagerEndpointStatement(actions: readonly string[], role: IRole): PolicyStatement {
  return allowThroughEndpoint({
    sid: 'UseSessionManager',
    actions,
    resources: ['*'],
    conditions: { ArnEquals: { 'aws:PrincipalArn': role.roleArn } },
  });
}
