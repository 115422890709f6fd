import type { Case } from './cases';
import { LOOT, NO_GRANT, NO_KEY_GRANT, NO_PASSAGE, OUTSIDE_VPC, casesIn, inBucket, kms, object } from './option-case';
import type { What } from './world';
import type { WorldName } from './worlds';

const sessions = casesIn('sessions');
const within = casesIn('sessions in an organization');
const inS3 = casesIn('session logs in S3');
const inCloudWatch = casesIn('session logs in CloudWatch');
const encrypted = casesIn('encrypted sessions');
const patching = casesIn('patching');
const inventory = casesIn('inventory');
const existing = casesIn('existing session endpoints');

const call = (action: string): What => ({ action });
const logs = (action: string, group = '/sessions'): What => ({
  action: `logs:${action}`,
  arn: `arn:aws:logs:us-east-1:111122223333:log-group:${group}:log-stream:s-1`,
});
const stranger = { 'aws:PrincipalOrgID': 'o-zzzz999999' };
const MESSAGES = ['CreateControlChannel', 'CreateDataChannel', 'OpenControlChannel', 'OpenDataChannel'].map(
  action => `ssmmessages:${action}`,
);

/** The agent of the workload, and nothing else of Systems Manager. */
const SESSIONS: Case[] = [
  ...['ssm:UpdateInstanceInformation', ...MESSAGES].map(action =>
    sessions('workload', 'instance', call(action), 'allowed'),
  ),
  ...['ssm:GetParameter', 'ssm:SendCommand', 'ssm:StartSession', 'ssm:PutInventory', 'ssm:DescribeAssociation'].map(
    action => sessions('workload', 'instance', call(action), NO_PASSAGE),
  ),
  sessions('admin', 'instance', call('ssm:UpdateInstanceInformation'), NO_PASSAGE),
  sessions('admin', 'instance', call('ssm:GetParameter'), NO_PASSAGE),
  sessions('stranger', 'instance', call('ssm:UpdateInstanceInformation'), NO_PASSAGE),
  sessions('stranger', 'instance', call('ssmmessages:OpenDataChannel'), NO_PASSAGE),
  sessions('workload', 'internet', call('ssm:GetParameter'), NO_GRANT),
  sessions('workload', 'instance', LOOT, NO_PASSAGE),
];

/** The organization is asked for on these endpoints too. */
const IN_ORGANIZATION: Case[] = [
  within('workload', 'instance', call('ssm:UpdateInstanceInformation'), 'allowed'),
  within('workload', 'instance', { ...call('ssm:UpdateInstanceInformation'), context: stranger }, NO_PASSAGE),
  within('workload', 'instance', { ...call('ssmmessages:OpenDataChannel'), context: stranger }, NO_PASSAGE),
  within('workload', 'instance', { ...logs('PutLogEvents'), context: stranger }, NO_PASSAGE),
  within('workload', 'instance', { ...logs('DescribeLogGroups'), context: stranger }, NO_PASSAGE),
];

/**
 * Logs in S3: uploads under the prefix, how the bucket is encrypted, and its key. The policy of the bucket is not
 * touched.
 */
const LOGS_IN_S3: Case[] = [
  inS3('workload', 'instance', object('PutObject', 'fleet/shells/s-1.log', 'SessionLogs'), 'allowed'),
  inS3('workload', 'instance', inBucket('GetEncryptionConfiguration', 'SessionLogs'), 'allowed'),
  inS3('workload', 'service', kms('GenerateDataKey', 'LogKey'), 'allowed'),
  inS3('workload', 'instance', call('ssm:UpdateInstanceInformation'), 'allowed'),
  inS3('admin', 'internet', object('GetObject', 'fleet/shells/s-1.log', 'SessionLogs'), 'allowed'),
  inS3('workload', 'instance', object('PutObject', 'session-logs/s-1.log', 'SessionLogs'), NO_PASSAGE),
  inS3('workload', 'instance', object('PutObject', 'fleet/shells.log', 'SessionLogs'), NO_PASSAGE),
  ...['GetObject', 'DeleteObject', 'PutObjectAcl', 'AbortMultipartUpload', 'PutObjectTagging'].map(action =>
    inS3('workload', 'instance', object(action, 'fleet/shells/s-1.log', 'SessionLogs'), NO_PASSAGE),
  ),
  ...['ListBucket', 'GetBucketLocation', 'PutEncryptionConfiguration', 'GetBucketPolicy'].map(action =>
    inS3('workload', 'instance', inBucket(action, 'SessionLogs'), NO_PASSAGE),
  ),
  inS3('workload', 'internet', object('PutObject', 'fleet/shells/s-1.log', 'SessionLogs'), OUTSIDE_VPC),
  inS3('workload', 'other endpoint', object('PutObject', 'fleet/shells/s-1.log', 'SessionLogs'), NO_GRANT),
  inS3('workload', 'internet', kms('GenerateDataKey', 'LogKey'), NO_GRANT),
  inS3('admin', 'instance', object('GetObject', 'fleet/shells/s-1.log', 'SessionLogs'), NO_PASSAGE),
];

/** Logs in CloudWatch: this group, through the endpoint. */
const LOGS_IN_CLOUDWATCH: Case[] = [
  ...['CreateLogStream', 'DescribeLogStreams', 'PutLogEvents'].map(action =>
    inCloudWatch('workload', 'instance', logs(action), 'allowed'),
  ),
  inCloudWatch('workload', 'instance', logs('DescribeLogGroups', ''), 'allowed'),
  ...['GetLogEvents', 'DeleteLogStream', 'CreateLogGroup', 'PutRetentionPolicy'].map(action =>
    inCloudWatch('workload', 'instance', logs(action), NO_PASSAGE),
  ),
  inCloudWatch('workload', 'instance', logs('PutLogEvents', '/others'), NO_PASSAGE),
  inCloudWatch('workload', 'instance', logs('PutLogEvents', '/sessions2'), NO_PASSAGE),
  inCloudWatch('admin', 'instance', logs('PutLogEvents'), NO_PASSAGE),
  ...['PutLogEvents', 'DescribeLogGroups'].map(action => inCloudWatch('workload', 'internet', logs(action), NO_GRANT)),
  inCloudWatch('workload', 'other endpoint', logs('PutLogEvents'), NO_GRANT),
];

/** Encrypted sessions: decryption with this key, through the endpoint; not the key of the data. */
const ENCRYPTED: Case[] = [
  encrypted('workload', 'instance', kms('Decrypt', 'Sessions'), 'allowed'),
  encrypted('workload', 'instance', call('ssm:UpdateInstanceInformation'), 'allowed'),
  encrypted('workload', 'instance', call('ssm:GetParameter'), NO_PASSAGE),
  ...['Encrypt', 'GenerateDataKey', 'CreateGrant', 'ReEncryptFrom'].map(action =>
    encrypted('workload', 'instance', kms(action, 'Sessions'), NO_PASSAGE),
  ),
  encrypted('workload', 'instance', kms('Decrypt', 'Others'), NO_PASSAGE),
  encrypted('workload', 'instance', kms('Decrypt', 'AppKey'), NO_PASSAGE),
  encrypted('admin', 'instance', kms('Decrypt', 'Sessions'), NO_PASSAGE),
  encrypted('workload', 'internet', kms('Decrypt', 'Sessions'), NO_GRANT),
  encrypted('workload', 'other endpoint', kms('Decrypt', 'Sessions'), NO_GRANT),
  encrypted('workload', 'service', kms('Decrypt', 'Sessions'), NO_GRANT),
  encrypted('workload', 'internet', kms('Decrypt', 'AppKey'), NO_KEY_GRANT),
];

const ASSOCIATIONS = [
  ...['DescribeAssociation', 'DescribeDocument', 'GetDocument', 'ListAssociations', 'ListInstanceAssociations'],
  ...['PutComplianceItems', 'PutInventory', 'UpdateAssociationStatus', 'UpdateInstanceAssociationStatus'],
].map(action => `ssm:${action}`);
const SNAPSHOT = 'ssm:GetDeployablePatchSnapshotForInstance';
const LEFT_OUT = ['GetParameter', 'GetParameters', 'GetManifest', 'PutConfigurePackageResult', 'SendCommand'].map(
  action => `ssm:${action}`,
);
const fromAws = (foreign: string): What => ({ action: 's3:GetObject', foreign });

/** Patching and inventory: what the agent calls for them, through the endpoint of Systems Manager. */
const MANAGED: Case[] = [
  ...[...ASSOCIATIONS, SNAPSHOT, 'ssm:UpdateInstanceInformation', ...MESSAGES].map(action =>
    patching('workload', 'instance', call(action), 'allowed'),
  ),
  ...['patch-baseline-snapshot-us-east-1/a.json', 'aws-ssm-us-east-1/a.zip'].map(foreign =>
    patching('workload', 'instance', fromAws(foreign), 'allowed'),
  ),
  ...[...LEFT_OUT].map(action => patching('workload', 'instance', call(action), NO_PASSAGE)),
  ...[SNAPSHOT, 'ssm:PutInventory'].flatMap(action =>
    (['admin', 'stranger'] as const).map(who => patching(who, 'instance', call(action), NO_PASSAGE)),
  ),
  patching('workload', 'instance', LOOT, NO_PASSAGE),
  ...[...ASSOCIATIONS, 'ssm:UpdateInstanceInformation'].map(action =>
    inventory('workload', 'instance', call(action), 'allowed'),
  ),
  ...[SNAPSHOT, ...LEFT_OUT].map(action => inventory('workload', 'instance', call(action), NO_PASSAGE)),
  inventory('workload', 'instance', fromAws('patch-baseline-snapshot-us-east-1/a.json'), NO_PASSAGE),
  inventory('admin', 'instance', call('ssm:PutInventory'), NO_PASSAGE),
  ...[SNAPSHOT, ...ASSOCIATIONS].map(action => sessions('workload', 'internet', call(action), NO_GRANT)),
];

/** Endpoints that exist: the role is pinned to those that are named, however open they are. */
const EXISTING_ENDPOINTS: Case[] = [
  existing('workload', 'instance', call('ssm:UpdateInstanceInformation'), 'allowed'),
  existing('workload', 'instance', call('ssmmessages:OpenDataChannel'), 'allowed'),
  existing('workload', 'instance', logs('PutLogEvents'), 'allowed'),
  existing('workload', 'instance', kms('Decrypt', 'Sessions'), 'allowed'),
  existing('workload', 'other endpoint', logs('PutLogEvents'), NO_GRANT),
  existing('workload', 'other endpoint', logs('DescribeLogGroups', ''), NO_GRANT),
  existing('workload', 'other endpoint', kms('Decrypt', 'Sessions'), NO_GRANT),
  existing('workload', 'instance', logs('PutLogEvents', '/others'), NO_GRANT),
  existing('workload', 'instance', kms('Decrypt', 'Others'), NO_GRANT),
  existing('workload', 'instance', call('ssm:GetParameter'), NO_GRANT),
];

/** EC2 Instance Connect is a matter of ports: the role gets nothing for it, and nothing of Session Manager. */
const INSTANCE_CONNECT: Case[] = (['instance connect', 'instance connect over SSH'] satisfies WorldName[])
  .map(casesIn)
  .flatMap(ask => [
    ask('workload', 'instance', object('GetObject'), 'allowed'),
    ...[
      'ssm:UpdateInstanceInformation',
      'ssmmessages:OpenDataChannel',
      'ec2-instance-connect:OpenTunnel',
      'ec2-instance-connect:SendSSHPublicKey',
    ].map(action => ask('workload', 'internet', call(action), NO_GRANT)),
    ask('workload', 'neighbour', object('GetObject'), 'statement DenyCredentialsOutsideInstance'),
  ]);

export const SESSION_CASES: Readonly<Record<string, Case[]>> = {
  sessions: SESSIONS,
  'sessions in an organization': IN_ORGANIZATION,
  'session logs in S3': LOGS_IN_S3,
  'session logs in CloudWatch': LOGS_IN_CLOUDWATCH,
  'encrypted sessions': ENCRYPTED,
  'endpoints of Session Manager that exist': EXISTING_ENDPOINTS,
  'patching and inventory': MANAGED,
  'EC2 Instance Connect': INSTANCE_CONNECT,
};
