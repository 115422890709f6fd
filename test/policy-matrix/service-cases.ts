import type { Case } from './cases';
import { NO_PASSAGE, casesIn, object } from './option-case';
import { arnOf } from './service-worlds';
import { OTHER_ACCOUNT, What } from './world';

const services = casesIn('services');
const within = casesIn('services in an organization');
const logged = casesIn('services of logged sessions');

const sqs = (action: string, queue = 'jobs'): What => ({ action: `sqs:${action}`, arn: arnOf('sqs', queue) });
const secrets = (action: string, secret = 'db-AbCdEf'): What => ({
  action: `secretsmanager:${action}`,
  arn: arnOf('secretsmanager', `secret:${secret}`),
});
const dynamoDb = (action: string, table = 'orders'): What => ({
  action: `dynamodb:${action}`,
  arn: arnOf('dynamodb', `table/${table}`),
});
const logs = (action: string, group = '/app'): What => ({
  action: `logs:${action}`,
  arn: arnOf('logs', `log-group:${group}:log-stream:i-1`),
});
const metrics = (action: string): What => ({ action: `cloudwatch:${action}` });
const elsewhere = (what: What): What => ({
  ...what,
  arn: what.arn?.replace('111122223333', OTHER_ACCOUNT),
  owner: OTHER_ACCOUNT,
});

const GRANTED = [
  sqs('SendMessage'),
  secrets('GetSecretValue'),
  dynamoDb('Query'),
  logs('PutLogEvents'),
  metrics('PutMetricData'),
];

const OUTSIDE: ReadonlyArray<readonly [What, string]> = [
  [sqs('SendMessage'), 'statement DenySqsOutsideEndpoint of the identity policy'],
  [secrets('GetSecretValue'), 'statement DenySecretsmanagerOutsideEndpoint of the identity policy'],
  [dynamoDb('Query'), 'statement DenyDynamodbOutsideEndpoint of the identity policy'],
  [logs('PutLogEvents'), 'statement DenyLogsOutsideEndpoint of the identity policy'],
  [metrics('PutMetricData'), 'statement DenyCloudwatchOutsideEndpoint of the identity policy'],
];

/** What the role is granted, through the endpoint of its service, and nothing else. */
const BESIDE_S3: Case[] = [
  ...GRANTED.map(what => services('workload', 'instance', what, 'allowed')),
  services('workload', 'instance', sqs('GetQueueUrl'), 'allowed'),
  services('workload', 'instance', dynamoDb('DescribeTable'), 'allowed'),
  services('workload', 'instance', object('GetObject'), 'allowed'),
  ...[
    sqs('ReceiveMessage'),
    sqs('SendMessage', 'others'),
    sqs('SetQueueAttributes'),
    secrets('PutSecretValue'),
    secrets('GetSecretValue', 'other-AbCdEf'),
    dynamoDb('PutItem'),
    dynamoDb('Query', 'customers'),
    logs('GetLogEvents'),
    logs('PutLogEvents', '/others'),
    metrics('GetMetricData'),
  ].map(what => services('workload', 'instance', what, NO_PASSAGE)),
  ...GRANTED.flatMap(what => (['admin', 'stranger'] as const).map(who => services(who, 'instance', what, NO_PASSAGE))),
  ...GRANTED.map(what => services('workload', 'instance', elsewhere(what), NO_PASSAGE)),
  ...OUTSIDE.flatMap(([what, reason]) =>
    (['internet', 'other endpoint', 'other vpc'] as const).map(where => services('workload', where, what, reason)),
  ),
  services('workload', 'service', sqs('SendMessage'), 'allowed'),
];

/** The organization is asked for on these endpoints too. */
const IN_ORGANIZATION: Case[] = [
  within('workload', 'instance', sqs('SendMessage'), 'allowed'),
  within(
    'workload',
    'instance',
    { ...sqs('SendMessage'), context: { 'aws:PrincipalOrgID': 'o-zzzz999999' } },
    NO_PASSAGE,
  ),
];

/** One endpoint of CloudWatch Logs serves the sessions and the workload. */
const OF_SESSIONS: Case[] = [
  logged('workload', 'instance', logs('PutLogEvents'), 'allowed'),
  logged('workload', 'instance', logs('PutLogEvents', '/sessions'), 'allowed'),
  logged('workload', 'instance', { action: 'ssm:UpdateInstanceInformation' }, 'allowed'),
  logged('workload', 'instance', logs('PutLogEvents', '/others'), NO_PASSAGE),
  logged('admin', 'instance', logs('PutLogEvents'), NO_PASSAGE),
  logged('workload', 'internet', logs('PutLogEvents', '/sessions'), 'statement DenyLogsOutsideEndpoint'),
];

export const SERVICE_CASES: Readonly<Record<string, Case[]>> = {
  'services in addition to S3': BESIDE_S3,
  'services in addition to S3, in an organization': IN_ORGANIZATION,
  'services in addition to S3, with logged sessions': OF_SESSIONS,
};
