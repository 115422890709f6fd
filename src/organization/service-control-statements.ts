import { Aws } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { denyCaller } from '../policies';

/** What the statements of a service control policy are about. */
export interface ServiceControlScope {
  /** The exact ARNs of the roles that the guardrail spares. */
  readonly exemptRoleArns: readonly string[];
  /** Patterns for the ARNs of the roles that CloudFormation deploys with. */
  readonly deploymentRoleArns: readonly string[];
  /** Patterns for the ARNs of the roles of workloads. */
  readonly workloadRoleArns: readonly string[];
}

/** The condition block that spares these principals, and nobody when there are none. */
export function unlessPrincipal(...arns: readonly string[]): Record<string, Record<string, unknown> | undefined> {
  return { ArnNotLike: arns.length === 0 ? undefined : { 'aws:PrincipalArn': arns } };
}

/** A Deny of actions on everything, with the exemptions of the guardrail. */
export function denyActions(
  sid: string,
  actions: readonly string[],
  { exemptRoleArns }: ServiceControlScope,
): PolicyStatement[] {
  return [denyCaller({ sid, actions, resources: ['*'], conditions: unlessPrincipal(...exemptRoleArns) })];
}

/** A default VPC has an internet gateway, so creating one is the same. */
export function denyInternetGateways(scope: ServiceControlScope): PolicyStatement[] {
  return denyActions(
    'DenyInternetGateways',
    [
      'ec2:AttachInternetGateway',
      'ec2:CreateCarrierGateway',
      'ec2:CreateDefaultSubnet',
      'ec2:CreateDefaultVpc',
      'ec2:CreateEgressOnlyInternetGateway',
      'ec2:CreateInternetGateway',
    ],
    scope,
  );
}

/** Zonal or regional, public or private: none. */
export function denyNatGateways(scope: ServiceControlScope): PolicyStatement[] {
  return denyActions('DenyNatGateways', ['ec2:CreateNatGateway'], scope);
}

/**
 * Elastic IP addresses, the address that a launch asks for, and that which a subnet gives. What a service-linked role
 * launches is not restricted: there the declarative policy leaves internet gateways without traffic.
 */
export function denyPublicIps(scope: ServiceControlScope): PolicyStatement[] {
  return [
    ...denyActions('DenyElasticIps', ['ec2:AllocateAddress', 'ec2:AssociateAddress'], scope),
    denyCaller({
      sid: 'DenyPublicIps',
      actions: ['ec2:RunInstances'],
      resources: [`arn:${Aws.PARTITION}:ec2:*:*:network-interface/*`],
      conditions: { ...unlessPrincipal(...scope.exemptRoleArns), Bool: { 'ec2:AssociatePublicIpAddress': 'true' } },
    }),
    denyCaller({
      sid: 'DenySubnetChanges',
      actions: ['ec2:ModifySubnetAttribute'],
      resources: ['*'],
      conditions: unlessPrincipal(...scope.exemptRoleArns, ...scope.deploymentRoleArns),
    }),
  ];
}

/** No identities that live longer than a session. */
export function denyIamUsers(scope: ServiceControlScope): PolicyStatement[] {
  return denyActions('DenyIamUsers', ['iam:CreateLoginProfile', 'iam:CreateUser'], scope);
}

/** `iam:UpdateAccessKey` is left out: whoever answers an incident deactivates keys with it. */
export function denyAccessKeys(scope: ServiceControlScope): PolicyStatement[] {
  return denyActions(
    'DenyAccessKeys',
    [
      'iam:CreateAccessKey',
      'iam:CreateServiceSpecificCredential',
      'iam:ResetServiceSpecificCredential',
      'iam:UploadSSHPublicKey',
      'iam:UploadSigningCertificate',
    ],
    scope,
  );
}

/** As the EC2 guide shows it: the launch, the change, and the credentials that IMDSv1 gave out. */
export function requireImdsV2(scope: ServiceControlScope): PolicyStatement[] {
  const spared = unlessPrincipal(...scope.exemptRoleArns);
  return [
    denyCaller({
      sid: 'DenyLaunchWithImdsV1',
      actions: ['ec2:RunInstances'],
      resources: [`arn:${Aws.PARTITION}:ec2:*:*:instance/*`],
      conditions: { ...spared, StringNotEquals: { 'ec2:MetadataHttpTokens': 'required' } },
    }),
    denyCaller({
      sid: 'DenyChangeOfImds',
      actions: ['ec2:ModifyInstanceMetadataDefaults', 'ec2:ModifyInstanceMetadataOptions'],
      resources: ['*'],
      conditions: unlessPrincipal(...scope.exemptRoleArns, ...scope.deploymentRoleArns),
    }),
    denyCaller({
      sid: 'DenyCredentialsOfImdsV1',
      actions: ['*'],
      resources: ['*'],
      conditions: { ...spared, NumericLessThan: { 'ec2:RoleDelivery': '2.0' } },
    }),
  ];
}

/** Nobody of a member account takes it out of the reach of the guardrails. */
export function denyLeavingOrganization(scope: ServiceControlScope): PolicyStatement[] {
  return denyActions('DenyLeavingOrganization', ['organizations:LeaveOrganization'], scope);
}

/** The account's settings, which the declarative policies set; a bucket's own settings cannot be weaker than those. */
export function protectBlockPublicAccess(scope: ServiceControlScope): PolicyStatement[] {
  return denyActions(
    'ProtectBlockPublicAccess',
    [
      'ec2:CreateVpcBlockPublicAccessExclusion',
      'ec2:DisableImageBlockPublicAccess',
      'ec2:DisableSnapshotBlockPublicAccess',
      'ec2:ModifyVpcBlockPublicAccessExclusion',
      'ec2:ModifyVpcBlockPublicAccessOptions',
      's3:PutAccountPublicAccessBlock',
    ],
    scope,
  );
}

/** Data planes inside a VPC, which authorize requests without the keys that tell the VPC. */
const WITHOUT_NETWORK_KEYS = [
  'dax:BatchGetItem',
  'dax:BatchWriteItem',
  'dax:ConditionCheckItem',
  'dax:DeleteItem',
  'dax:GetItem',
  'dax:PutItem',
  'dax:Query',
  'dax:Scan',
  'dax:UpdateItem',
  'elasticfilesystem:Client*',
  'es:ESHttp*',
  'kafka-cluster:*',
  'neptune-db:*',
  'rds-db:connect',
];

/**
 * A negated operator also holds where a key, or the value of a variable, is absent: credentials from the internet are
 * refused. Only sessions of instances have `ec2:SourceInstanceARN`: nobody else is hit.
 */
export function requireEc2CredentialsInVpc({ exemptRoleArns }: ServiceControlScope): PolicyStatement[] {
  return [
    denyCaller({
      sid: 'DenyEc2CredentialsOutsideVpc',
      actions: [],
      notActions: WITHOUT_NETWORK_KEYS,
      resources: ['*'],
      conditions: {
        ...unlessPrincipal(`arn:${Aws.PARTITION}:iam::*:role/aws:ec2-infrastructure`, ...exemptRoleArns),
        BoolIfExists: { 'aws:ViaAWSService': 'false' },
        Null: { 'ec2:SourceInstanceARN': 'false' },
        StringNotEquals: { 'aws:SourceVpc': '${aws:Ec2InstanceSourceVpc}' },
      },
    }),
  ];
}
