/**
 * What the resource of an action is, as far as a workload is concerned: something of the workload, or something that it
 * does not name.
 */
export type EscalationTarget =
  | 'role'
  | 'policy'
  | 'another identity'
  | 'key'
  | 'bucket'
  | 'account'
  | 'access point'
  | 'access grants'
  | 'vpc-endpoint'
  | 'route-table'
  | 'security-group'
  | 'network-interface'
  | 'instance'
  | 'stack'
  | 'organization';

/** Actions by which a role gets more than its policies say. */
export interface Escalation {
  readonly on: EscalationTarget;
  readonly actions: readonly string[];
}

function named(service: string, names: string): readonly string[] {
  return names
    .trim()
    .split(/\s+/)
    .map(name => `${service}:${name}`);
}

/** The action that hands a role to a service. */
export const PASS_ROLE = 'iam:PassRole';

/**
 * What lifts the limits of a role: itself, what keeps it in, and new identities without such limits.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagement.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudformation.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsorganizations.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonroute53resolver.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
export const ESCALATIONS: readonly Escalation[] = [
  {
    on: 'role',
    actions: named(
      'iam',
      `PutRolePolicy AttachRolePolicy DetachRolePolicy DeleteRolePolicy UpdateAssumeRolePolicy
      PutRolePermissionsBoundary DeleteRolePermissionsBoundary TagRole UntagRole`,
    ),
  },
  { on: 'role', actions: [PASS_ROLE] },
  { on: 'policy', actions: named('iam', 'CreatePolicyVersion SetDefaultPolicyVersion') },
  {
    on: 'another identity',
    actions: named(
      'iam',
      `CreateAccessKey CreateLoginProfile UpdateLoginProfile CreateServiceSpecificCredential CreateUser CreateRole
      PutUserPolicy AttachUserPolicy PutGroupPolicy AttachGroupPolicy AddUserToGroup PutRolePolicy AttachRolePolicy
      UpdateAssumeRolePolicy`,
    ),
  },
  { on: 'key', actions: named('kms', 'PutKeyPolicy CreateGrant ReplicateKey ScheduleKeyDeletion DisableKey') },
  {
    on: 'bucket',
    actions: named(
      's3',
      `PutBucketPolicy DeleteBucketPolicy PutBucketAcl PutBucketOwnershipControls PutBucketPublicAccessBlock
      PutBucketWebsite PutReplicationConfiguration PutInventoryConfiguration PutAnalyticsConfiguration PutBucketLogging
      PutBucketNotification PutEncryptionConfiguration CreateBucketMetadataTableConfiguration`,
    ),
  },
  { on: 'account', actions: named('s3', 'PutAccountPublicAccessBlock') },
  {
    on: 'account',
    actions: named(
      'route53resolver',
      `DisassociateFirewallRuleGroup UpdateFirewallRuleGroupAssociation CreateFirewallRule UpdateFirewallRule
      DeleteFirewallRule UpdateFirewallDomains ImportFirewallDomains UpdateFirewallConfig`,
    ),
  },
  {
    on: 'access point',
    actions: [
      ...named(
        's3',
        `CreateAccessPoint PutAccessPointPolicy DeleteAccessPointPolicy PutAccessPointPublicAccessBlock
        CreateMultiRegionAccessPoint PutMultiRegionAccessPointPolicy CreateAccessPointForObjectLambda
        PutAccessPointPolicyForObjectLambda PutAccessPointConfigurationForObjectLambda`,
      ),
    ],
  },
  {
    on: 'access grants',
    actions: named(
      's3',
      `GetDataAccess CreateAccessGrant CreateAccessGrantsInstance CreateAccessGrantsLocation UpdateAccessGrantsLocation
      PutAccessGrantsInstanceResourcePolicy AssociateAccessGrantsIdentityCenter`,
    ),
  },
  { on: 'vpc-endpoint', actions: named('ec2', 'ModifyVpcEndpoint CreateVpcEndpoint DeleteVpcEndpoints') },
  {
    on: 'route-table',
    actions: named(
      'ec2',
      `CreateRoute ReplaceRoute AssociateRouteTable ReplaceRouteTableAssociation DisassociateRouteTable
      EnableVgwRoutePropagation`,
    ),
  },
  {
    on: 'security-group',
    actions: named('ec2', 'AuthorizeSecurityGroupEgress AuthorizeSecurityGroupIngress ModifySecurityGroupRules'),
  },
  { on: 'network-interface', actions: named('ec2', 'ModifyNetworkInterfaceAttribute AttachNetworkInterface') },
  { on: 'instance', actions: named('ec2', 'ModifyInstanceAttribute ModifyInstanceMetadataOptions') },
  { on: 'stack', actions: named('cloudformation', 'UpdateStack CreateChangeSet ExecuteChangeSet') },
  {
    on: 'organization',
    actions: named(
      'organizations',
      'DetachPolicy UpdatePolicy DeletePolicy DisablePolicyType MoveAccount LeaveOrganization RemoveAccountFromOrganization',
    ),
  },
];

/** What a role may do by design, and that nobody looks at here: it has to be named. */
export interface UnseenUse {
  /** What it is, after "the role may use". */
  readonly what: string;
  readonly actions: readonly string[];
}

/**
 * What makes another principal of a role, and the services of S3 beside its buckets, which have endpoints, policies
 * and actions of their own.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-express-security-iam.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-tables-setting-up.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-vectors-access-management.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/olap-policies.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/S3OutpostsIAM.html
 */
export const UNSEEN_USES: readonly UnseenUse[] = [
  { what: 'other roles', actions: ['sts:AssumeRole', 'sts:AssumeRoot', PASS_ROLE] },
  {
    what: 'other identities',
    actions: [
      ...named(
        'iam',
        `CreateAccessKey CreateLoginProfile UpdateLoginProfile CreateServiceSpecificCredential PutUserPolicy
        AttachUserPolicy PutGroupPolicy AttachGroupPolicy AddUserToGroup PutRolePolicy AttachRolePolicy
        UpdateAssumeRolePolicy CreatePolicyVersion`,
      ),
      ...named('sso', 'CreateAccountAssignment PutInlinePolicyToPermissionSet AttachManagedPolicyToPermissionSet'),
    ],
  },
  {
    what: 'other machines and what they run with their own roles',
    actions: [
      ...named('ssm', 'SendCommand StartSession StartAutomationExecution'),
      ...named('ec2-instance-connect', 'SendSSHPublicKey SendSerialConsoleSSHPublicKey OpenTunnel'),
      ...named('lambda', 'UpdateFunctionCode UpdateFunctionConfiguration'),
      ...named('ecs', 'ExecuteCommand'),
      ...named('codebuild', 'UpdateProject StartBuild'),
      ...named('glue', 'UpdateJob UpdateDevEndpoint'),
      ...named('sagemaker', 'CreatePresignedNotebookInstanceUrl'),
    ],
  },
  { what: 'directory buckets', actions: named('s3express', 'CreateSession CreateBucket PutBucketPolicy') },
  { what: 'table buckets', actions: named('s3tables', 'GetTableData PutTableData CreateTableBucket PutTablePolicy') },
  { what: 'vector buckets', actions: named('s3vectors', 'GetVectors QueryVectors PutVectors CreateVectorBucket') },
  { what: 'S3 Object Lambda', actions: named('s3-object-lambda', 'GetObject PutObject DeleteObject ListBucket') },
  { what: 'S3 on Outposts', actions: named('s3-outposts', 'GetObject PutObject ListBucket PutBucketPolicy') },
];
