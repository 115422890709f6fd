import type { Case } from './cases';
import {
  LOOT,
  NETWORK,
  NO_BUCKET_GRANT,
  NO_GRANT,
  NO_KEY_GRANT,
  NO_PASSAGE,
  OTHERS,
  OUTSIDE_INSTANCE,
  OUTSIDE_VPC,
  casesIn,
  inBucket,
  kms,
  object,
} from './option-case';
import { OTHER_ACCOUNT, What } from './world';
import type { WorldName } from './worlds';

const fleet = casesIn('fleet');
const assets = casesIn('user data assets');
const shared = casesIn('shared endpoint');

/** Every kind of compute has the same path, and each instance its own credentials. */
const COMPUTE: Case[] = [
  ...(['fleet', 'container', 'instances elsewhere'] satisfies WorldName[])
    .map(casesIn)
    .flatMap(ask => [
      ask('workload', 'instance', object('PutObject'), 'allowed'),
      ask('workload', 'neighbour', object('GetObject'), OUTSIDE_INSTANCE),
      ask('workload', 'internet', object('GetObject'), NETWORK),
      ask('workload', 'other vpc', inBucket('GetBucketLocation'), OUTSIDE_VPC),
      ask('workload', 'instance', LOOT, NO_PASSAGE),
      ask('admin', 'instance', object('GetObject'), OTHERS),
    ]),
  fleet('workload', 'service', kms('Decrypt', 'AppKey'), 'allowed'),
  fleet('workload', 'ec2 service', kms('Decrypt', 'AppKey'), NO_GRANT),
  fleet('workload', 'ec2 service', kms('Decrypt', 'Volumes'), NO_GRANT),
  fleet('workload', 'service', kms('Decrypt', 'Volumes'), NO_GRANT),
  fleet('workload', 'internet', kms('CreateGrant', 'Volumes'), NO_GRANT),
];

const bootstrap = (action: string, key: string, context?: What['context']): What =>
  object(action, key, 'Bootstrap', context);

/** The assets that are named, and no other object of the bootstrap bucket. */
const ASSETS: Case[] = [
  assets('workload', 'instance', bootstrap('GetObject', 'SETUP'), 'allowed'),
  assets('workload', 'instance', bootstrap('GetObject', 'OTHER'), NO_PASSAGE),
  assets('workload', 'instance', bootstrap('PutObject', 'SETUP'), NO_PASSAGE),
  assets('workload', 'instance', inBucket('ListBucket', 'Bootstrap'), NO_PASSAGE),
  assets('workload', 'instance', bootstrap('GetObject', 'SETUP', { 'aws:ResourceAccount': OTHER_ACCOUNT }), NO_PASSAGE),
  assets('admin', 'instance', bootstrap('GetObject', 'SETUP'), NO_PASSAGE),
  assets('anybody', 'instance', bootstrap('GetObject', 'SETUP'), NO_PASSAGE),
  assets('workload', 'internet', bootstrap('GetObject', 'SETUP'), OUTSIDE_VPC),
  assets('workload', 'neighbour', bootstrap('GetObject', 'SETUP'), OUTSIDE_INSTANCE),
  assets('workload', 'other endpoint', bootstrap('GetObject', 'SETUP'), NO_GRANT),
];

const mine = (action: string, context?: What['context']): What => object(action, undefined, 'Mine', context);
const agent = (action: string): What => ({ action: `s3:${action}`, foreign: 'amazon-ssm-us-east-1/agent.rpm' });

/**
 * Two workloads that share an endpoint: each has its buckets, and in the one that both use each has its own line.
 */
const SHARED: Case[] = [
  shared('workload', 'instance', mine('PutObject'), 'allowed'),
  shared('second workload', 'instance', object('PutObject', undefined, 'Yours'), 'allowed'),
  shared('second workload', 'instance', mine('GetObject'), OTHERS),
  shared('second workload', 'instance', inBucket('ListBucket', 'Mine'), NO_PASSAGE),
  shared('workload', 'instance', object('GetObject', undefined, 'Yours'), OTHERS),
  shared('workload', 'instance', inBucket('ListBucket', 'Mine'), 'allowed'),
  shared('workload', 'instance', inBucket('GetBucketLocation', 'Mine'), 'allowed'),
  shared('second workload', 'instance', inBucket('GetBucketLocation', 'Ours'), 'allowed'),
  shared('workload', 'instance', object('PutObject', 'raw/a', 'Ours'), 'allowed'),
  shared('workload', 'instance', object('GetObject', 'raw/a', 'Ours'), NO_PASSAGE),
  shared('second workload', 'instance', object('GetObject', 'raw/a', 'Ours'), 'allowed'),
  shared('second workload', 'instance', object('PutObject', 'raw/a', 'Ours'), NO_PASSAGE),
  shared('second workload', 'instance', object('GetObject', 'other/a', 'Ours'), NO_PASSAGE),
  shared('second workload', 'internet', object('GetObject', 'raw/a', 'Ours'), NETWORK),
  shared('second workload', 'neighbour', object('GetObject', 'raw/a', 'Ours'), OUTSIDE_INSTANCE),
  shared('admin', 'instance', object('GetObject', 'raw/a', 'Ours'), OTHERS),
  shared('second workload', 'instance', agent('GetObject'), NO_GRANT),
  shared('second workload', 'instance', inBucket('ListBucket', 'Yours'), 'allowed'),
  shared('workload', 'internet', inBucket('GetBucketLocation', 'Mine'), OUTSIDE_VPC),
  shared('workload', 'neighbour', mine('GetObject'), OUTSIDE_INSTANCE),
  shared('second workload', 'neighbour', object('GetObject', undefined, 'Yours'), OUTSIDE_INSTANCE),
  shared(
    'workload',
    'instance',
    mine('GetObject', { 'aws:PrincipalOrgID': 'o-zzzz999999' }),
    'statement DenyOutsideOrganization of the bucket policy',
  ),
  shared('deployer', 'internet', mine('GetObject'), 'allowed'),
  shared('admin', 'internet', mine('GetObject'), NETWORK),
  shared('workload', 'instance', agent('GetObject'), 'allowed'),
  shared('workload', 'instance', agent('PutObject'), NO_PASSAGE),
  shared('workload', 'instance', bootstrap('GetObject', 'SETUP'), 'allowed'),
  shared('workload', 'service', kms('Decrypt', 'Bootstrap'), 'allowed'),
  shared('workload', 'instance', bootstrap('GetObject', 'OTHER'), NO_PASSAGE),
  shared('workload', 'instance', bootstrap('GetObject', 'SETUP', { 'aws:ResourceOrgID': [] }), NO_PASSAGE),
  shared('second workload', 'instance', bootstrap('GetObject', 'SETUP'), NO_PASSAGE),
  shared('second workload', 'service', kms('Decrypt', 'Bootstrap'), NO_GRANT),
  shared('workload', 'internet', kms('Decrypt', 'Bootstrap'), NO_GRANT),
  shared('workload', 'service', kms('GenerateDataKey', 'Bootstrap'), NO_GRANT),
];

const HERE = { 'aws:SourceAccount': '111122223333', 'aws:SourceArn': 'arn:aws:logs:us-east-1:111122223333:delivery' };
const FLOW = { ...HERE, 's3:x-amz-acl': 'bucket-owner-full-control' };
const THEIRS = { ...FLOW, 'aws:SourceAccount': OTHER_ACCOUNT };
const FLOW_LOG = 'vpc-flow-logs/AWSLogs/111122223333/vpcflowlogs/a.log.gz';

/**
 * Server access logs of this account's buckets, under their prefix: in the bucket that is named, or in the one that
 * is made.
 */
const ACCESS_LOGS: Case[] = (
  [
    ['log buckets', 'TheirAccessLogs'],
    ['plain', 'AccessLogs'],
  ] satisfies Array<[WorldName, string]>
).flatMap(([world, bucket]) => {
  const ask = casesIn(world);
  const log = (action: string, context: What['context'], key = 's3-access-logs/App/a') =>
    object(action, key, bucket, context);
  return [
    ask('access log delivery', 'aws', log('PutObject', HERE), 'allowed'),
    ask('access log delivery', 'aws', log('PutObject', { 'aws:SourceAccount': OTHER_ACCOUNT }), NO_BUCKET_GRANT),
    ask('access log delivery', 'aws', log('PutObject', {}), NO_BUCKET_GRANT),
    ask('access log delivery', 'aws', log('PutObject', HERE, 'elsewhere/a'), NO_BUCKET_GRANT),
    ask('access log delivery', 'aws', log('GetObject', HERE), NO_BUCKET_GRANT),
    ask('log delivery', 'aws', log('PutObject', FLOW), NO_BUCKET_GRANT),
    ask('workload', 'instance', object('PutObject', 's3-access-logs/App/a', bucket), NO_PASSAGE),
    ask('stranger', 'internet', object('GetObject', 's3-access-logs/App/a', bucket), NO_BUCKET_GRANT),
  ];
});

/** Flow logs of this account and Region, also in a bucket of the log archive account. */
const FLOW_LOGS: Case[] = (
  [
    ['log buckets', 'TheirFlowLogs'],
    ['log archive', 'FlowLogs'],
    ['plain', 'AccessLogs'],
  ] satisfies Array<[WorldName, string]>
).flatMap(([world, bucket]) => {
  const ask = casesIn(world);
  const log = (context: What['context'], key = FLOW_LOG) => object('PutObject', key, bucket, context);
  return [
    ask('log delivery', 'aws', log(FLOW), 'allowed'),
    ask('log delivery', 'aws', inBucket('GetBucketAcl', bucket, HERE), 'allowed'),
    ask(
      'log delivery',
      'aws',
      inBucket('GetBucketAcl', bucket, { ...HERE, 'aws:SourceAccount': OTHER_ACCOUNT }),
      NO_BUCKET_GRANT,
    ),
    ask('log delivery', 'aws', log(THEIRS), NO_BUCKET_GRANT),
    ask('log delivery', 'aws', log(HERE), NO_BUCKET_GRANT),
    ask(
      'log delivery',
      'aws',
      log({ ...FLOW, 'aws:SourceArn': 'arn:aws:logs:eu-west-1:111122223333:delivery' }),
      NO_BUCKET_GRANT,
    ),
    ask('log delivery', 'aws', log(FLOW, `vpc-flow-logs/AWSLogs/${OTHER_ACCOUNT}/a.log.gz`), NO_BUCKET_GRANT),
    ask('log delivery', 'aws', log(FLOW, 'elsewhere/a.log.gz'), NO_BUCKET_GRANT),
    ask('workload', 'instance', object('PutObject', FLOW_LOG, bucket), NO_PASSAGE),
  ];
});

/** The key of the bucket for flow logs, by the service that delivers them for this account. */
const FLOW_LOG_KEYS: Case[] = (
  [
    ['log buckets', 'FlowLogKey'],
    ['log archive', 'FlowLogs'],
  ] satisfies Array<[WorldName, string]>
).flatMap(([world, key]) => {
  const ask = casesIn(world);
  return [
    ask('log delivery', 'aws', kms('GenerateDataKey', key, HERE), 'allowed'),
    ask('log delivery', 'aws', kms('GenerateDataKey', key, THEIRS), NO_KEY_GRANT),
    ask(
      'log delivery',
      'aws',
      kms('GenerateDataKey', key, { ...HERE, 'aws:SourceArn': 'arn:aws:logs:eu-west-1:111122223333:delivery' }),
      NO_KEY_GRANT,
    ),
    ask('log delivery', 'aws', kms('CreateGrant', key, HERE), NO_KEY_GRANT),
    ask('access log delivery', 'aws', kms('GenerateDataKey', key, HERE), NO_KEY_GRANT),
    ask('workload', 'service', kms('Decrypt', key), NO_GRANT),
  ];
});

export const COMPUTE_CASES: Readonly<Record<string, Case[]>> = {
  'every kind of compute': COMPUTE,
  'assets in user data': ASSETS,
  'parts that share an access list': SHARED,
  'server access logs': ACCESS_LOGS,
  'flow logs': FLOW_LOGS,
  'the key of flow logs': FLOW_LOG_KEYS,
};
