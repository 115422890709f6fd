import { Aws } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { ServiceControlScope, denyActions, unlessPrincipal } from './service-control-statements';
import { denyCaller } from '../policies';

/** A Deny of actions, for everybody but the roles that CloudFormation deploys with and the exempt. */
function deployedOnly(
  sid: string,
  actions: readonly string[],
  { exemptRoleArns, deploymentRoleArns }: ServiceControlScope,
  ...others: readonly string[]
): PolicyStatement {
  return denyCaller({
    sid,
    actions,
    resources: ['*'],
    conditions: unlessPrincipal(...exemptRoleArns, ...deploymentRoleArns, ...others),
  });
}

/** The root user of an account repairs a policy that locks everybody else out, so a Deny must spare it. */
const rootUsers = () => `arn:${Aws.PARTITION}:iam::*:root`;

/** Whoever runs an instance with the workload's role reaches the data from it. */
export function denyPassingWorkloadRoles(scope: ServiceControlScope): PolicyStatement[] {
  return [
    denyCaller({
      sid: 'DenyPassingWorkloadRoles',
      actions: ['iam:PassRole'],
      resources: scope.workloadRoleArns,
      conditions: {
        ...unlessPrincipal(...scope.exemptRoleArns, ...scope.deploymentRoleArns),
        StringEquals: { 'iam:PassedToService': ['ec2.amazonaws.com', 'ec2.amazonaws.com.cn'] },
      },
    }),
    deployedOnly(
      'DenyProfileSwaps',
      [
        'ec2:AssociateIamInstanceProfile',
        'ec2:DisassociateIamInstanceProfile',
        'ec2:ReplaceIamInstanceProfileAssociation',
        'iam:AddRoleToInstanceProfile',
        'iam:RemoveRoleFromInstanceProfile',
      ],
      scope,
    ),
  ];
}

/**
 * An association, and a task of a maintenance window, run the same documents as a command does. An automation sends its
 * commands with a role of the account, which is held.
 */
export function denySendCommand(scope: ServiceControlScope): PolicyStatement[] {
  return denyActions(
    'DenySendCommand',
    [
      'ssm:CreateAssociation',
      'ssm:CreateAssociationBatch',
      'ssm:RegisterTaskWithMaintenanceWindow',
      'ssm:SendCommand',
      'ssm:UpdateAssociation',
      'ssm:UpdateMaintenanceWindowTask',
    ],
    scope,
  );
}

/**
 * User data is an attribute of an instance; that of a fleet is in its launch template. A replaced root volume runs
 * other code under the same role.
 */
export function denyInstanceChanges(scope: ServiceControlScope): PolicyStatement[] {
  return [
    deployedOnly(
      'DenyInstanceChanges',
      [
        'ec2:CreateLaunchTemplateVersion',
        'ec2:CreateReplaceRootVolumeTask',
        'ec2:ModifyInstanceAttribute',
        'ec2:ModifyLaunchTemplate',
        'ec2:ResetInstanceAttribute',
      ],
      scope,
    ),
  ];
}

/** The policy and the routes of an endpoint are what the path of the data is. */
export function protectVpcEndpoints(scope: ServiceControlScope): PolicyStatement[] {
  return [deployedOnly('ProtectVpcEndpoints', ['ec2:DeleteVpcEndpoints', 'ec2:ModifyVpcEndpoint'], scope)];
}

/** A policy that is replaced by an empty one is as good as deleted. */
export function protectBucketPolicies(scope: ServiceControlScope): PolicyStatement[] {
  return [deployedOnly('ProtectBucketPolicies', ['s3:DeleteBucketPolicy', 's3:PutBucketPolicy'], scope, rootUsers())];
}

/** Whoever writes the policy of a key can let itself use it. */
export function protectKeyPolicies(scope: ServiceControlScope): PolicyStatement[] {
  return [deployedOnly('ProtectKeyPolicies', ['kms:PutKeyPolicy'], scope, rootUsers())];
}

/**
 * Other guardrails spare roles by these names: nobody else may make one, or change who assumes it and what it may do.
 */
export function protectDeploymentRoles(scope: ServiceControlScope): PolicyStatement[] {
  return [
    denyCaller({
      sid: 'ProtectDeploymentRoles',
      actions: [
        'iam:AttachRolePolicy',
        'iam:CreateRole',
        'iam:DeleteRole',
        'iam:DeleteRolePermissionsBoundary',
        'iam:DeleteRolePolicy',
        'iam:DetachRolePolicy',
        'iam:PutRolePermissionsBoundary',
        'iam:PutRolePolicy',
        'iam:UpdateAssumeRolePolicy',
        'iam:UpdateRole',
      ],
      resources: scope.deploymentRoleArns,
      conditions: unlessPrincipal(...scope.exemptRoleArns, ...scope.deploymentRoleArns),
    }),
  ];
}
