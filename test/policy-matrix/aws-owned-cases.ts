import type { Case } from './cases';
import { NO_GRANT, NO_PASSAGE } from './option-case';
import type { Who } from './world';
import { ACCOUNT } from '../support/deployed';

const AGENTS = { world: 'agents', where: 'instance' } as const;

const request = (who: Who, action: string, foreign: string, expect: string, covers?: string): Case => ({
  ...AGENTS,
  who,
  what: { action: `s3:${action}`, foreign },
  expect,
  covers,
});

/** What is published for everybody: it is read unsigned, and nobody writes it or reads what is beside it. */
const unsigned = (bucket: string, neighbour: string): Case[] => [
  request('anybody', 'GetObject', `${bucket}/a`, 'allowed', 'traps 13, 14'),
  request('anybody', 'PutObject', `${bucket}/a`, NO_PASSAGE),
  request('anybody', 'GetObject', `${neighbour}/a`, NO_PASSAGE),
];

/** What the role signs for: it reads, and nobody writes. */
const signed = (bucket: string, neighbour: string): Case[] => [
  request('workload', 'GetObject', `${bucket}/a`, 'allowed', 'trap 13'),
  request('workload', 'PutObject', `${bucket}/a`, NO_PASSAGE),
  request('workload', 'GetObject', `${neighbour}/a`, NO_PASSAGE),
];

const REPOSITORIES = [
  unsigned('al2023-repos-us-east-1-de612dc2', 'al2023-repos-eu-west-1-de612dc2'),
  unsigned('al2023-us-east-1', 'al2023-us-east-10'),
  unsigned('amazonlinux-2-repos-us-east-1', 'amazonlinux-2-repos-us-west-2'),
  unsigned('amazonlinux.us-east-1.amazonaws.com', 'amazonlinux.us-east-1.example.com'),
  unsigned('packages.us-east-1.amazonaws.com', 'packages.us-east-1.amazonaws.com.evil'),
  unsigned('repo.us-east-1.amazonaws.com', 'repoXus-east-1.amazonaws.com'),
  unsigned('amazoncloudwatch-agent-us-east-1', 'amazoncloudwatch-agent'),
  unsigned('aws-codedeploy-us-east-1', 'aws-codedeploy-us-east-2'),
  unsigned('prod-us-east-1-starport-layer-bucket', 'prod-us-east-2-starport-layer-bucket'),
  unsigned('cloudformation-examples', 'cloudformation-example'),
  unsigned('aws-cli', 'aws-cli-v2'),
  unsigned('vendor-packages', 'vendor-packages-2'),
].flat();

const SIGNED = [
  signed('amazon-ssm-us-east-1', 'amazon-ssm-us-east-2'),
  signed('us-east-1-birdwatcher-prod', 'us-east-1-birdwatcher-test'),
  signed('aws-patch-manager-us-east-1-1970c647d', 'aws-patch-manager-us-east-1-000000000'),
  signed('patch-baseline-snapshot-us-east-1', 'patch-baseline-snapshot-us-east-1-x'),
  signed('aws-windows-downloads-us-east-1', 'aws-windows-downloads-us-east-2'),
].flat();

const STACK = `arn:aws:cloudformation:us-east-1:${ACCOUNT}:stack/Training/0123/Handle`;
const STRANGERS_STACK = 'arn:aws:cloudformation:us-east-1:444455556666:stack/Theirs/0123/Handle';
const ELSEWHERE = `arn:aws:cloudformation:eu-west-1:${ACCOUNT}:stack/Training/0123/Handle`;

const SIGNALS: Case[] = [
  'cloudformation-waitcondition-us-east-1',
  'cloudformation-custom-resource-response-useast1',
].flatMap(bucket => [
  request('anybody', 'PutObject', `${bucket}/${STACK}`, 'allowed', 'trap 15e'),
  request('anybody', 'PutObject', `${bucket}/${STRANGERS_STACK}`, NO_PASSAGE, 'trap 15e'),
  request('stranger', 'PutObject', `${bucket}/${STRANGERS_STACK}`, NO_PASSAGE, 'trap 15e'),
  request('anybody', 'PutObject', `${bucket}/${ELSEWHERE}`, NO_PASSAGE),
  request('anybody', 'PutObject', `${bucket}/loot`, NO_PASSAGE, 'trap 15e'),
  request('anybody', 'GetObject', `${bucket}/${STACK}`, NO_PASSAGE),
]);

const ASSETS_BUCKET = `cdk-hnb659fds-assets-${ACCOUNT}-us-east-1`;
const assets = (who: Who, action: string, bucket: string, expect: string, owner = ACCOUNT): Case => ({
  ...AGENTS,
  who,
  what: { action: `s3:${action}`, foreign: `${bucket}/0123.zip`, owner },
  expect,
  covers: 'trap 26',
});

const ASSETS: Case[] = [
  assets('workload', 'GetObject', ASSETS_BUCKET, 'allowed'),
  assets('workload', 'PutObject', ASSETS_BUCKET, NO_PASSAGE),
  assets('workload', 'GetObject', `${ASSETS_BUCKET}0`, NO_PASSAGE),
  assets('workload', 'GetObject', `cdk-other-assets-${ACCOUNT}-us-east-1`, NO_PASSAGE),
  assets('workload', 'GetObject', ASSETS_BUCKET, NO_PASSAGE, '444455556666'),
  assets('admin', 'GetObject', ASSETS_BUCKET, NO_PASSAGE),
  assets('anybody', 'GetObject', ASSETS_BUCKET, NO_PASSAGE),
  { ...assets('workload', 'GetObject', ASSETS_BUCKET, 'statement DenyCredentialsOutsideVpc'), where: 'internet' },
  { ...assets('workload', 'GetObject', ASSETS_BUCKET, 'statement DenyCredentialsOutsideInstance'), where: 'neighbour' },
];

const VENDOR: Case[] = [
  request('workload', 'PutObject', 'vendor-inbox/customer-7/a', 'allowed'),
  request('workload', 'PutObject', 'vendor-inbox/customer-70/a', NO_PASSAGE),
  request('workload', 'PutObject', 'vendor-inbox/a', NO_PASSAGE),
  request('workload', 'GetObject', 'vendor-inbox/customer-7/a', NO_PASSAGE),
  request('workload', 'GetObject', 'vendor-packages/a', NO_GRANT),
  request('workload', 'DeleteObject', 'vendor-inbox/customer-7/a', NO_PASSAGE),
  {
    ...request('workload', 'PutObject', 'vendor-inbox/customer-7/a', 'statement DenyCredentialsOutsideVpc'),
    where: 'internet',
  },
];

/** None of it without the opt-in. */
const WITHOUT: Case[] = [
  ['anybody', 'GetObject', 'al2023-us-east-1/a'],
  ['anybody', 'GetObject', 'prod-us-east-1-starport-layer-bucket/a'],
  ['workload', 'GetObject', 'amazon-ssm-us-east-1/a'],
  ['anybody', 'PutObject', `cloudformation-waitcondition-us-east-1/${STACK}`],
].map(([who, action, foreign]): Case => ({
  who: who as Who,
  where: 'instance',
  what: { action: `s3:${action}`, foreign },
  expect: NO_PASSAGE,
}));

/** Each opt-in opens exactly its objects, with its action, for whoever signs. */
export const AWS_OWNED: Case[] = [...REPOSITORIES, ...SIGNED, ...SIGNALS, ...ASSETS, ...VENDOR, ...WITHOUT];
