import { Aws, Stack } from 'aws-cdk-lib';
import { PerimeterExemption } from '../../src';
import { AccessRequest, PolicyJson, decide } from '../../src/iam';
import { ACCOUNT, DeployedStack } from '../support/deployed';
import { workload } from '../support/resources';

const ALLOW_ALL: PolicyJson = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
const OTHER = '999900001111';
const role = (path: string, account = ACCOUNT) => `arn:aws:iam::${account}:role/${path}`;
const exempt = (path: string) => PerimeterExemption.roleArn(`arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/${path}`);

const MACIE = 'aws-service-role/macie.amazonaws.com/AWSServiceRoleForAmazonMacie';
const BACKUP = 'service-role/AWSBackupDefaultServiceRole';
const DEPLOYER = 'deploy/Deployer';
const RESERVED = 'aws-reserved/sso.amazonaws.com';
const BREAK_GLASS = `${RESERVED}/eu-west-1/AWSReservedSSO_BreakGlass_0123456789abcdef`;

const deployed = new DeployedStack(
  (stack: Stack) =>
    void workload(stack, {
      perimeterExemptions: [
        exempt(MACIE),
        exempt(BACKUP),
        exempt(DEPLOYER),
        PerimeterExemption.permissionSet('BreakGlass'),
      ],
    }),
);

/** A request from the internet, or by S3 on somebody's behalf, of somebody whose own policies allow everything. */
function decided(arn: string, action: string, more: AccessRequest['context'] = {}) {
  const isKey = action.startsWith('kms:');
  const bucket = deployed.arn(deployed.id('AWS::S3::Bucket', 'UserData'));
  const account = arn.split(':')[4];
  const context: AccessRequest['context'] = {
    'aws:PrincipalArn': arn,
    'aws:PrincipalAccount': account,
    'aws:PrincipalIsAWSService': 'false',
    'aws:SecureTransport': 'true',
    's3:TlsVersion': '1.3',
    ...(isKey ? { 'aws:ViaAWSService': 'true', 'kms:ViaService': 's3.us-east-1.amazonaws.com' } : {}),
    ...more,
  };
  return decide(
    {
      action,
      resource: isKey
        ? deployed.arn(deployed.id('AWS::KMS::Key'))
        : action === 's3:ListBucket'
          ? bucket
          : `${bucket}/a.csv`,
      resourceAccount: ACCOUNT,
      principal: `arn:aws:sts::${account}:assumed-role/${arn.split('/').pop()}/session`,
      context,
    },
    {
      identityPolicies: [ALLOW_ALL],
      resourcePolicy: isKey ? deployed.keyPolicy() : deployed.bucketPolicy('UserData'),
      resourcePolicyKind: isKey ? 'key' : 'bucket',
    },
  );
}

const EXEMPT: Array<[string, string]> = [
  ['the service-linked role of Macie', role(MACIE)],
  ['the role of AWS Backup', role(BACKUP)],
  ['the deploy role', role(DEPLOYER)],
  ['the break-glass permission set', role(BREAK_GLASS)],
  [
    'the break-glass permission set in the home Region us-east-1',
    role(`${RESERVED}/AWSReservedSSO_BreakGlass_0123456789abcdef`),
  ],
];

const ACTIONS = ['s3:GetObject', 's3:PutObject', 's3:ListBucket', 'kms:Decrypt', 'kms:GenerateDataKey'];

describe.each(EXEMPT)('%s', (_, arn) => {
  test.each(ACTIONS)('gets in: %s', action => expect(decided(arn, action).verdict).toBe('Allowed'));

  test.each<[string, string, AccessRequest['context']]>([
    ['without TLS', 's3:GetObject', { 'aws:SecureTransport': 'false' }],
    ['with old TLS', 's3:GetObject', { 's3:TlsVersion': '1.1' }],
    ['with another encryption', 's3:PutObject', { 's3:x-amz-server-side-encryption': 'AES256' }],
    ['with keys of its own', 's3:PutObject', { 's3:x-amz-server-side-encryption-customer-algorithm': 'AES256' }],
    ['to the key beside S3', 'kms:Decrypt', { 'kms:ViaService': 'dynamodb.us-east-1.amazonaws.com' }],
  ])('does not get in %s', (__, action, context) => expect(decided(arn, action, context).verdict).not.toBe('Allowed'));
});

describe.each<[string, string]>([
  ['an administrator', role('Admin')],
  ["a role that borrows the name of Macie's, without its path", role('AWSServiceRoleForAmazonMacie')],
  [
    "a role that borrows the name of Macie's, under another path",
    role('my/macie.amazonaws.com/AWSServiceRoleForAmazonMacie'),
  ],
  [
    'the service-linked role of another service',
    role('aws-service-role/guardduty.amazonaws.com/AWSServiceRoleForAmazonGuardDuty'),
  ],
  ['the role of Macie of another account', role(MACIE, OTHER)],
  ['the role of AWS Backup without its path', role('AWSBackupDefaultServiceRole')],
  ['a role whose name begins like that of AWS Backup', role(`${BACKUP}2`)],
  ['a deploy role under another path', role('other/Deployer')],
  ['the deploy role of another account', role(DEPLOYER, OTHER)],
  [
    'a role that borrows the name of the permission set, outside the reserved path',
    role('AWSReservedSSO_BreakGlass_0123456789abcdef'),
  ],
  ['another permission set', role(`${RESERVED}/eu-west-1/AWSReservedSSO_Administrator_0123456789abcdef`)],
  [
    'a permission set whose name begins like it',
    role(`${RESERVED}/eu-west-1/AWSReservedSSO_BreakGlassTest_0123456789abcdef`),
  ],
  ['the permission set of another account', role(BREAK_GLASS, OTHER)],
])('%s', (_, arn) => {
  test.each(ACTIONS)('does not get in: %s', action => expect(decided(arn, action).verdict).not.toBe('Allowed'));
});
