import { ACCOUNT, Attached, MANAGEMENT, NEIGHBOUR, OUTSIDER, PARTNER, What, Who } from './world';

/** One case: who does what, and what comes of it. */
export interface Case {
  readonly who: Who;
  readonly what: What;
  /** `allowed`, or the statement that denies. */
  readonly expect: string;
  /** What the case is about, where it is not plain. */
  readonly about?: string;
  readonly attached?: Attached;
}

const ORGANIZATION = 'o-a1b2c3d4e5';
const object = (action: string, context?: What['context'], owner?: string): What => ({
  action: `s3:${action}`,
  resource: 'arn:aws:s3:::data/a/b.csv',
  context,
  owner,
});
const bucket = (action: string, context?: What['context'], owner?: string): What => ({
  action: `s3:${action}`,
  resource: 'arn:aws:s3:::data',
  context,
  owner,
});
const key = (action: string, context?: What['context'], owner?: string): What => ({
  action: `kms:${action}`,
  resource: `arn:aws:kms:eu-west-1:${ACCOUNT}:key/k`,
  context,
  owner,
});
const plain = (action: string, context?: What['context']): What => ({ action, context });
const ec2 = (type: string, context?: What['context']): What => ({
  action: 'ec2:RunInstances',
  resource: `arn:aws:ec2:eu-west-1:${ACCOUNT}:${type}/*`,
  context,
});
const passRole = (name: string, service = 'ec2.amazonaws.com'): What => ({
  action: 'iam:PassRole',
  resource: `arn:aws:iam::${ACCOUNT}:role/${name}`,
  context: { 'iam:PassedToService': service },
});
const deploymentRole = (action: string): What => ({
  action: `iam:${action}`,
  resource: `arn:aws:iam::${ACCOUNT}:role/stacksets-exec-evil`,
});

/** Credentials of an instance, and the network that they come from. */
const INSTANCE = {
  'ec2:SourceInstanceARN': `arn:aws:ec2:eu-west-1:${ACCOUNT}:instance/i-1`,
  'aws:Ec2InstanceSourceVpc': 'vpc-1',
  'ec2:RoleDelivery': '2.0',
};
const HOME = { ...INSTANCE, 'aws:SourceVpc': 'vpc-1', 'aws:SourceVpce': 'vpce-1' };
const ELSEWHERE = { ...INSTANCE, 'aws:SourceVpc': 'vpc-2', 'aws:SourceVpce': 'vpce-2' };
const INTERNET = { ...INSTANCE, 'aws:SourceIp': '203.0.113.9' };
const FORWARDED = { 'aws:ViaAWSService': 'true', 'aws:CalledVia': ['athena.amazonaws.com'] };
const FOR_US = { 'aws:SourceAccount': ACCOUNT, 'aws:SourceOrgID': ORGANIZATION };

const admin = 'account administrator';

/** Every guardrail of the service control policies: what it denies, and what goes on. */
export const SERVICE_CONTROL: Case[] = [
  ...[
    'CreateInternetGateway',
    'AttachInternetGateway',
    'CreateEgressOnlyInternetGateway',
    'CreateCarrierGateway',
    'CreateDefaultVpc',
  ].map((action): Case => ({ who: admin, what: plain(`ec2:${action}`), expect: 'DenyInternetGateways' })),
  ...['CreateVpc', 'CreateSubnet', 'CreateVpcEndpoint', 'DetachInternetGateway', 'DeleteInternetGateway'].map(
    (action): Case => ({ who: admin, what: plain(`ec2:${action}`), expect: 'allowed' }),
  ),
  {
    who: 'cloudformation',
    what: plain('ec2:CreateInternetGateway'),
    expect: 'DenyInternetGateways',
    about: 'deployments are held, too',
  },
  { who: 'stacksets', what: plain('ec2:CreateNatGateway'), expect: 'DenyNatGateways' },
  { who: admin, what: plain('ec2:CreateNatGateway'), expect: 'DenyNatGateways' },
  { who: admin, what: plain('ec2:DeleteNatGateway'), expect: 'allowed' },
  { who: admin, what: plain('ec2:AllocateAddress'), expect: 'DenyElasticIps' },
  { who: admin, what: plain('ec2:ReleaseAddress'), expect: 'allowed' },
  {
    who: 'cloudformation',
    what: ec2('network-interface', { 'ec2:AssociatePublicIpAddress': 'true' }),
    expect: 'DenyPublicIps',
  },
  {
    who: 'cloudformation',
    what: ec2('network-interface', { 'ec2:AssociatePublicIpAddress': 'false' }),
    expect: 'allowed',
  },
  { who: 'cloudformation', what: ec2('network-interface'), expect: 'allowed' },
  {
    who: admin,
    what: plain('ec2:ModifySubnetAttribute'),
    expect: 'DenySubnetChanges',
    about: 'a subnet that gives public addresses',
  },
  { who: 'cloudformation', what: plain('ec2:ModifySubnetAttribute'), expect: 'allowed' },
  {
    who: admin,
    what: plain('ec2:ModifyNetworkInterfaceAttribute'),
    expect: 'allowed',
    about: 'security groups are changed with it',
  },
  { who: admin, what: plain('iam:CreateUser'), expect: 'DenyIamUsers' },
  { who: 'root of the account', what: plain('iam:CreateLoginProfile'), expect: 'DenyIamUsers' },
  { who: admin, what: plain('iam:DeleteUser'), expect: 'allowed' },
  { who: admin, what: plain('iam:CreateRole'), expect: 'allowed' },
  {
    who: 'root of the account',
    what: plain('iam:CreateAccessKey'),
    expect: 'DenyAccessKeys',
    about: 'keys of the root user',
  },
  { who: 'user of the account', what: plain('iam:CreateAccessKey'), expect: 'DenyAccessKeys' },
  { who: admin, what: plain('iam:UpdateAccessKey'), expect: 'allowed', about: 'incident response deactivates keys' },
  { who: admin, what: plain('iam:DeleteAccessKey'), expect: 'allowed' },
  { who: admin, what: plain('organizations:LeaveOrganization'), expect: 'DenyLeavingOrganization' },
  { who: 'root of the account', what: plain('organizations:LeaveOrganization'), expect: 'DenyLeavingOrganization' },
  { who: admin, what: plain('organizations:DescribeOrganization'), expect: 'allowed' },
  { who: 'cloudformation', what: ec2('instance', { 'ec2:MetadataHttpTokens': 'required' }), expect: 'allowed' },
  {
    who: 'cloudformation',
    what: ec2('instance', { 'ec2:MetadataHttpTokens': 'optional' }),
    expect: 'DenyLaunchWithImdsV1',
  },
  { who: 'cloudformation', what: ec2('instance'), expect: 'DenyLaunchWithImdsV1', about: 'a launch that does not say' },
  { who: admin, what: plain('ec2:ModifyInstanceMetadataOptions'), expect: 'DenyChangeOfImds' },
  { who: 'cloudformation', what: plain('ec2:ModifyInstanceMetadataOptions'), expect: 'allowed' },
  {
    who: 'workload',
    what: object('GetObject', { ...HOME, 'ec2:RoleDelivery': '1.0' }),
    expect: 'DenyCredentialsOfImdsV1',
  },
  { who: 'workload', what: object('DeleteObject', HOME), expect: 'allowed' },
  ...[
    's3:PutAccountPublicAccessBlock',
    'ec2:ModifyVpcBlockPublicAccessOptions',
    'ec2:CreateVpcBlockPublicAccessExclusion',
    'ec2:DisableSnapshotBlockPublicAccess',
    'ec2:DisableImageBlockPublicAccess',
  ].map((action): Case => ({ who: admin, what: plain(action), expect: 'ProtectBlockPublicAccess' })),
  {
    who: 'cloudformation',
    what: bucket('PutBucketPublicAccessBlock'),
    expect: 'allowed',
    about: 'new buckets state theirs',
  },
  { who: admin, what: plain('s3:GetAccountPublicAccessBlock'), expect: 'allowed' },
];

/** The workload itself. */
export const WORKLOAD: Case[] = [
  { who: admin, what: passRole('Training-AppRole'), expect: 'DenyPassingWorkloadRoles' },
  { who: 'cloudformation', what: passRole('Training-AppRole'), expect: 'allowed' },
  { who: 'stacksets', what: passRole('Training-AppRole'), expect: 'allowed' },
  { who: 'almost stacksets', what: passRole('Training-AppRole'), expect: 'DenyPassingWorkloadRoles' },
  {
    who: admin,
    what: passRole('Training-AppRole', 'lambda.amazonaws.com'),
    expect: 'allowed',
    about: 'Lambda cannot assume the role',
  },
  {
    who: 'service-linked role',
    what: passRole('Training-AppRole'),
    expect: 'allowed',
    about: 'a fleet starts its instances',
  },
  { who: admin, what: passRole('Training-AppRole'), expect: 'DenyPassingWorkloadRoles', attached: 'workload roles' },
  { who: admin, what: passRole('Batch'), expect: 'allowed', attached: 'workload roles' },
  ...[
    'ec2:AssociateIamInstanceProfile',
    'ec2:ReplaceIamInstanceProfileAssociation',
    'iam:AddRoleToInstanceProfile',
    'iam:RemoveRoleFromInstanceProfile',
  ].flatMap((action): Case[] => [
    { who: admin, what: plain(action), expect: 'DenyProfileSwaps' },
    { who: 'cloudformation', what: plain(action), expect: 'allowed' },
  ]),
  { who: admin, what: plain('ssm:SendCommand'), expect: 'DenySendCommand' },
  ...[
    'CreateAssociation',
    'CreateAssociationBatch',
    'UpdateAssociation',
    'RegisterTaskWithMaintenanceWindow',
    'UpdateMaintenanceWindowTask',
  ].map((action): Case => ({ who: admin, what: plain(`ssm:${action}`), expect: 'DenySendCommand' })),
  ...[
    'CreateMaintenanceWindow',
    'DeregisterTaskFromMaintenanceWindow',
    'DeleteAssociation',
    'StartAutomationExecution',
  ].map((action): Case => ({
    who: admin,
    what: plain(`ssm:${action}`),
    expect: 'allowed',
    about: 'runs nothing on an instance by itself',
  })),
  {
    who: 'root of the account',
    what: plain('ssm:SendCommand', FORWARDED),
    expect: 'DenySendCommand',
    about: 'an automation on behalf of the caller',
  },
  { who: admin, what: plain('ssm:StartSession'), expect: 'allowed', about: "sessions are RemoteAccess's" },
  {
    who: admin,
    what: plain('ec2:ModifyInstanceAttribute', { 'ec2:Attribute': 'UserData' }),
    expect: 'DenyInstanceChanges',
  },
  { who: 'cloudformation', what: plain('ec2:ModifyInstanceAttribute'), expect: 'allowed' },
  {
    who: admin,
    what: plain('ec2:CreateReplaceRootVolumeTask'),
    expect: 'DenyInstanceChanges',
    about: 'other code under the same role',
  },
  { who: admin, what: plain('ec2:CreateLaunchTemplateVersion'), expect: 'DenyInstanceChanges' },
  { who: admin, what: plain('ec2:StopInstances'), expect: 'allowed' },
  { who: admin, what: plain('ec2:ModifyVpcEndpoint'), expect: 'ProtectVpcEndpoints' },
  { who: 'stacksets', what: plain('ec2:ModifyVpcEndpoint'), expect: 'allowed' },
  { who: admin, what: plain('ec2:DescribeVpcEndpoints'), expect: 'allowed' },
  { who: admin, what: bucket('DeleteBucketPolicy'), expect: 'ProtectBucketPolicies' },
  { who: admin, what: bucket('PutBucketPolicy'), expect: 'ProtectBucketPolicies' },
  { who: 'cloudformation', what: bucket('PutBucketPolicy'), expect: 'allowed' },
  {
    who: 'root of the account',
    what: bucket('DeleteBucketPolicy'),
    expect: 'allowed',
    about: 'root repairs a policy that locks everybody out',
  },
  {
    who: 'root of the account',
    what: bucket('PutBucketPolicy', { 'aws:AssumedRoot': 'true' }),
    expect: 'allowed',
    about: 'a privileged session of the management account',
  },
  { who: admin, what: bucket('GetBucketPolicy'), expect: 'allowed' },
  { who: admin, what: key('PutKeyPolicy'), expect: 'ProtectKeyPolicies' },
  { who: 'cloudformation', what: key('PutKeyPolicy'), expect: 'allowed' },
  { who: 'root of the account', what: key('PutKeyPolicy'), expect: 'allowed' },
  {
    who: admin,
    what: deploymentRole('CreateRole'),
    expect: 'ProtectDeploymentRoles',
    about: 'a role that the guardrails would spare',
  },
  { who: admin, what: deploymentRole('UpdateAssumeRolePolicy'), expect: 'ProtectDeploymentRoles' },
  { who: 'stacksets', what: deploymentRole('CreateRole'), expect: 'allowed', about: 'bootstrap through a StackSet' },
  { who: admin, what: deploymentRole('GetRole'), expect: 'allowed' },
];

/** Credentials of an instance. */
export const CREDENTIALS: Case[] = [
  ...['ssm:UpdateInstanceInformation', 'sts:GetCallerIdentity', 's3:ListAllMyBuckets'].flatMap((action): Case[] => [
    { who: 'workload', what: plain(action, HOME), expect: 'allowed' },
    { who: 'workload', what: plain(action, ELSEWHERE), expect: 'DenyEc2CredentialsOutsideVpc' },
    { who: 'workload', what: plain(action, INTERNET), expect: 'DenyEc2CredentialsOutsideVpc' },
  ]),
  {
    who: 'workload',
    what: key('Decrypt', { ...INSTANCE, ...FORWARDED, 'kms:ViaService': 's3.eu-west-1.amazonaws.com' }),
    expect: 'allowed',
    about: 'S3 calls KMS with a forward access session',
  },
  {
    who: 'workload',
    what: object('GetObject', { ...INSTANCE, ...FORWARDED }),
    expect: 'allowed',
    about: 'Athena reads for the instance',
  },
  { who: 'ec2 infrastructure', what: key('Decrypt', INSTANCE), expect: 'allowed', about: 'EC2 decrypts a volume' },
  {
    who: 'workload',
    what: plain('rds-db:connect', INSTANCE),
    expect: 'allowed',
    about: 'a data plane without network keys',
  },
  { who: 'workload', what: plain('elasticfilesystem:ClientMount', INSTANCE), expect: 'allowed' },
  {
    who: 'workload',
    what: plain('elasticfilesystem:CreateFileSystem', INTERNET),
    expect: 'DenyEc2CredentialsOutsideVpc',
  },
  {
    who: admin,
    what: object('GetObject', { 'aws:SourceIp': '203.0.113.9' }),
    expect: 'allowed',
    about: 'nobody but instances is meant',
  },
  { who: 'cloudformation', what: bucket('PutBucketPolicy', { 'aws:SourceIp': '203.0.113.9' }), expect: 'allowed' },
];

/** Identities of the organization, services, and everybody else. */
export const RESOURCE_CONTROL: Case[] = [
  ...['GetObject', 'PutObject', 'GetObjectVersion'].flatMap((action): Case[] => [
    { who: 'outsider', what: object(action), expect: 'DenyOutsideOrganization' },
    {
      who: 'anybody',
      what: object(action),
      expect: 'DenyOutsideOrganization',
      about: 'anonymous requests lack the keys',
    },
    { who: 'neighbour in the organization', what: object(action), expect: 'allowed' },
  ]),
  { who: 'outsider', what: bucket('GetBucketPolicy'), expect: 'DenyOutsideOrganization' },
  { who: 'partner', what: object('GetObject'), expect: 'DenyOutsideOrganization', about: 'of another organization' },
  { who: 'outsider', what: key('Decrypt'), expect: 'DenyOutsideOrganization' },
  { who: 'partner', what: key('CreateGrant'), expect: 'DenyOutsideOrganization' },
  { who: 'anybody', what: key('Decrypt'), expect: 'DenyOutsideOrganization' },
  { who: 'organization administrator', what: bucket('GetBucketPolicy'), expect: 'allowed' },
  { who: 'workload', what: object('GetObject', HOME), expect: 'allowed' },
  {
    who: 'outsider',
    what: object('GetObject', FORWARDED),
    expect: 'DenyOutsideOrganization',
    about: 'a service that acts for an outsider',
  },
  {
    who: 'workload',
    what: object('GetObject', { ...HOME, ...FORWARDED }),
    expect: 'allowed',
    about: 'a forward access session',
  },
  { who: 'service-linked role', what: object('GetObject'), expect: 'allowed' },
  { who: 'log delivery', what: object('PutObject', FOR_US), expect: 'allowed' },
  { who: 'cloudtrail', what: object('PutObject', FOR_US), expect: 'allowed' },
  {
    who: 'cloudtrail',
    what: object('PutObject', { 'aws:SourceAccount': OUTSIDER }),
    expect: 'DenyConfusedDeputies',
    about: 'for an account of no organization',
  },
  {
    who: 'cloudtrail',
    what: object('PutObject', { 'aws:SourceAccount': PARTNER, 'aws:SourceOrgID': 'o-partner0000' }),
    expect: 'DenyConfusedDeputies',
  },
  { who: 'log delivery', what: object('PutObject'), expect: 'allowed', about: 'a service that does not say for whom' },
  {
    who: 'cloudtrail',
    what: key('GenerateDataKey', { 'aws:SourceAccount': OUTSIDER }),
    expect: 'DenyConfusedDeputies',
  },
  { who: 'cloudtrail', what: key('GenerateDataKey', FOR_US), expect: 'allowed' },
  {
    who: admin,
    what: object('GetObject', { 'aws:SourceAccount': OUTSIDER }),
    expect: 'allowed',
    about: 'only services are deputies',
  },
  {
    who: 'outsider',
    what: { action: 'sqs:SendMessage', resource: '*' },
    expect: 'allowed',
    about: 'other services are not covered',
  },
];

/** What no policy of this kind restricts. */
export const NOT_COVERED: Case[] = [
  {
    who: 'organization administrator',
    what: plain('iam:CreateUser'),
    expect: 'allowed',
    about: 'the management account',
  },
  { who: 'organization administrator', what: plain('organizations:DetachPolicy'), expect: 'allowed' },
  { who: 'organization administrator', what: plain('organizations:UpdatePolicy'), expect: 'allowed' },
  { who: 'root of the management account', what: plain('ec2:CreateInternetGateway'), expect: 'allowed' },
  {
    who: 'outsider',
    what: object('GetObject', undefined, MANAGEMENT),
    expect: 'allowed',
    about: 'a bucket of the management account',
  },
  { who: 'outsider', what: key('Decrypt', undefined, MANAGEMENT), expect: 'allowed' },
  { who: 'outsider', what: object('GetObject', undefined, NEIGHBOUR), expect: 'DenyOutsideOrganization' },
  { who: 'service-linked role', what: plain('ec2:CreateNatGateway'), expect: 'allowed' },
  {
    who: 'access role of the organization',
    what: plain('organizations:LeaveOrganization'),
    expect: 'DenyLeavingOrganization',
  },
  { who: 'access role of the organization', what: plain('iam:CreateRole'), expect: 'allowed' },
];

/** Objects through VPC endpoints of the organization only, where opted in. */
const OURS = { 'aws:VpceOrgID': ORGANIZATION, 'aws:VpceAccount': ACCOUNT };
export const NETWORKS: Case[] = [
  { who: 'workload', what: object('GetObject', { ...HOME, ...OURS }), expect: 'allowed' },
  {
    who: 'workload',
    what: object('GetObject', { ...HOME, 'aws:VpceOrgID': 'o-other00000', 'aws:VpceAccount': OUTSIDER }),
    expect: 'DenyObjectsOutsideNetworks',
  },
  { who: admin, what: object('GetObject'), expect: 'DenyObjectsOutsideNetworks' },
  { who: 'root of the account', what: object('GetObject'), expect: 'DenyObjectsOutsideNetworks' },
  { who: admin, what: bucket('GetBucketPolicy'), expect: 'allowed', about: 'object actions only' },
  { who: 'root of the account', what: bucket('PutBucketPolicy'), expect: 'allowed' },
  { who: 'cloudformation', what: bucket('ListBucket'), expect: 'allowed' },
  { who: admin, what: key('DescribeKey'), expect: 'allowed' },
  { who: admin, what: object('GetObject', FORWARDED), expect: 'allowed', about: 'a forward access session' },
  { who: 'log delivery', what: object('PutObject', FOR_US), expect: 'allowed' },
  { who: 'service-linked role', what: object('GetObject'), expect: 'allowed' },
  { who: 'break glass', what: object('GetObject'), expect: 'allowed' },
  {
    who: 'namesake of break glass',
    what: object('GetObject'),
    expect: 'DenyObjectsOutsideNetworks',
    about: 'another path',
  },
  {
    who: 'partner',
    what: object('GetObject', { 'aws:VpceOrgID': 'o-partner0000', 'aws:VpceAccount': PARTNER }),
    expect: 'allowed',
    about: 'a trusted account from its own network',
  },
  { who: 'partner', what: object('GetObject'), expect: 'DenyObjectsOutsideNetworks' },
  { who: 'anybody', what: object('GetObject'), expect: 'DenyOutsideOrganization' },
].map(each => ({ ...each, attached: 'networks' }) as Case);

/** What exemptions open, and no more. */
export const EXEMPTIONS: Case[] = [
  { who: 'break glass', what: plain('iam:CreateUser'), expect: 'allowed' },
  { who: 'break glass', what: bucket('DeleteBucketPolicy'), expect: 'allowed' },
  { who: 'namesake of break glass', what: bucket('DeleteBucketPolicy'), expect: 'ProtectBucketPolicies' },
  { who: admin, what: plain('iam:CreateUser'), expect: 'allowed', about: 'exempt from one guardrail' },
  { who: admin, what: plain('iam:CreateAccessKey'), expect: 'DenyAccessKeys', about: 'and from no other' },
  { who: 'partner', what: object('GetObject'), expect: 'allowed' },
  { who: 'outsider', what: object('GetObject'), expect: 'DenyOutsideOrganization' },
  {
    who: 'cloudtrail',
    what: object('PutObject', { 'aws:SourceAccount': '666677778888' }),
    expect: 'allowed',
    about: 'on behalf of a trusted account',
  },
].map(each => ({ ...each, attached: 'exemptions' }) as Case);

export const ALL: readonly Case[] = [
  ...SERVICE_CONTROL,
  ...WORKLOAD,
  ...CREDENTIALS,
  ...RESOURCE_CONTROL,
  ...NOT_COVERED,
  ...NETWORKS,
  ...EXEMPTIONS,
];
