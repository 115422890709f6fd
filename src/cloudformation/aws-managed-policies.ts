import { isFarPolicy, PolicyJson } from '../iam';

function allow(...actions: readonly string[]): PolicyJson {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] };
}

/** The channels of the SSM Agent. */
const SSM_MESSAGES = [
  'ssmmessages:CreateControlChannel',
  'ssmmessages:CreateDataChannel',
  'ssmmessages:OpenControlChannel',
  'ssmmessages:OpenDataChannel',
  'ec2messages:AcknowledgeMessage',
  'ec2messages:DeleteMessage',
  'ec2messages:FailMessage',
  'ec2messages:GetEndpoint',
  'ec2messages:GetMessages',
  'ec2messages:SendReply',
];

/** What writes traces. */
const XRAY_WRITES = [
  'xray:PutTraceSegments',
  'xray:PutTelemetryRecords',
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
  'xray:GetSamplingStatisticSummaries',
];

/**
 * The documents of the policies of AWS that people attach to instances, by what follows `policy/` in their ARN. AWS
 * adds versions: any other policy, and what a newer version adds, has to be taken from the account. The ARNs in them
 * have a wildcard for the partition.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
const DOCUMENTS: Readonly<Record<string, PolicyJson>> = {
  AdministratorAccess: allow('*'),
  AmazonS3FullAccess: allow('s3:*', 's3-object-lambda:*'),
  AmazonS3ReadOnlyAccess: allow(
    's3:Get*',
    's3:List*',
    's3:Describe*',
    's3-object-lambda:Get*',
    's3-object-lambda:List*',
  ),
  PowerUserAccess: {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' },
      {
        Effect: 'Allow',
        Action: [
          'account:GetAccountInformation',
          'account:GetGovCloudAccountInformation',
          'account:GetPrimaryEmail',
          'account:ListRegions',
          'iam:CreateServiceLinkedRole',
          'iam:DeleteServiceLinkedRole',
          'iam:ListRoles',
          'organizations:DescribeEffectivePolicy',
          'organizations:DescribeOrganization',
        ],
        Resource: '*',
      },
    ],
  },
  AmazonSSMManagedInstanceCore: allow(
    'ssm:DescribeAssociation',
    'ssm:GetDeployablePatchSnapshotForInstance',
    'ssm:GetDocument',
    'ssm:DescribeDocument',
    'ssm:GetManifest',
    'ssm:GetParameter',
    'ssm:GetParameters',
    'ssm:ListAssociations',
    'ssm:ListInstanceAssociations',
    'ssm:PutInventory',
    'ssm:PutComplianceItems',
    'ssm:PutConfigurePackageResult',
    'ssm:UpdateAssociationStatus',
    'ssm:UpdateInstanceAssociationStatus',
    'ssm:UpdateInstanceInformation',
    ...SSM_MESSAGES,
  ),
  AmazonSSMManagedEC2InstanceDefaultPolicy: allow(
    'ssm:DescribeAssociation',
    'ssm:GetDeployablePatchSnapshotForInstance',
    'ssm:GetDocument',
    'ssm:DescribeDocument',
    'ssm:GetManifest',
    'ssm:ListAssociations',
    'ssm:ListInstanceAssociations',
    'ssm:PutInventory',
    'ssm:PutComplianceItems',
    'ssm:PutConfigurePackageResult',
    'ssm:UpdateAssociationStatus',
    'ssm:UpdateInstanceAssociationStatus',
    'ssm:UpdateInstanceInformation',
    ...SSM_MESSAGES,
  ),
  AmazonSSMPatchAssociation: {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: ['ssm:DescribeEffectivePatchesForPatchBaseline', 'ssm:GetPatchBaseline'],
        Resource: 'arn:*:ssm:*:*:patchbaseline/*',
      },
      { Effect: 'Allow', Action: ['tag:GetResources', 'ssm:DescribePatchBaselines'], Resource: '*' },
    ],
  },
  AmazonSSMDirectoryServiceAccess: allow('ds:CreateComputer', 'ds:DescribeDirectories'),
  CloudWatchAgentServerPolicy: {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: [
          'cloudwatch:PutMetricData',
          'ec2:DescribeVolumes',
          'ec2:DescribeTags',
          'logs:PutLogEvents',
          'logs:PutRetentionPolicy',
          'logs:DescribeLogStreams',
          'logs:DescribeLogGroups',
          'logs:CreateLogStream',
          'logs:CreateLogGroup',
          ...XRAY_WRITES,
        ],
        Resource: '*',
      },
      { Effect: 'Allow', Action: 'ssm:GetParameter', Resource: 'arn:*:ssm:*:*:parameter/AmazonCloudWatch-*' },
    ],
  },
  AWSXRayDaemonWriteAccess: allow(...XRAY_WRITES),
  EC2InstanceConnect: allow('ec2:DescribeInstances', 'ec2-instance-connect:SendSSHPublicKey'),
  'service-role/AmazonEC2RoleforSSM': allow(
    'ssm:DescribeAssociation',
    'ssm:GetDeployablePatchSnapshotForInstance',
    'ssm:GetDocument',
    'ssm:DescribeDocument',
    'ssm:GetManifest',
    'ssm:GetParameters',
    'ssm:ListAssociations',
    'ssm:ListInstanceAssociations',
    'ssm:PutInventory',
    'ssm:PutComplianceItems',
    'ssm:PutConfigurePackageResult',
    'ssm:UpdateAssociationStatus',
    'ssm:UpdateInstanceAssociationStatus',
    'ssm:UpdateInstanceInformation',
    ...SSM_MESSAGES,
    'cloudwatch:PutMetricData',
    'ec2:DescribeInstanceStatus',
    'ds:CreateComputer',
    'ds:DescribeDirectories',
    'logs:CreateLogGroup',
    'logs:CreateLogStream',
    'logs:DescribeLogGroups',
    'logs:DescribeLogStreams',
    'logs:PutLogEvents',
    's3:GetBucketLocation',
    's3:PutObject',
    's3:GetObject',
    's3:GetEncryptionConfiguration',
    's3:AbortMultipartUpload',
    's3:ListMultipartUploadParts',
    's3:ListBucket',
    's3:ListBucketMultipartUploads',
  ),
};

const AWS_MANAGED = /^arn:[^:]+:iam::aws:policy\/(.+)$/;

/** Whether an ARN is that of a policy of AWS. */
export function isAwsManaged(arn: string): boolean {
  return AWS_MANAGED.test(arn);
}

/**
 * The document of a policy of AWS, by its ARN; `undefined` if nothing is known of it here. Of those that allow nothing
 * of S3, KMS, IAM or STS nothing else matters: they have no statements here.
 */
export function awsManagedPolicy(arn: string): PolicyJson | undefined {
  const name = AWS_MANAGED.exec(arn)?.[1] ?? '';
  if (Object.hasOwn(DOCUMENTS, name)) {
    return DOCUMENTS[name];
  }
  return isFarPolicy(name) ? { Version: '2012-10-17', Statement: [] } : undefined;
}
