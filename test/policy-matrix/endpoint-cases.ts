import type { Case } from './cases';
import {
  LOOT,
  NETWORK,
  NO_GRANT,
  NO_KEY_GRANT,
  NO_PASSAGE,
  OTHERS,
  OUTSIDE_INSTANCE,
  SSE,
  casesIn,
  inBucket,
  kms,
  object,
} from './option-case';
import type { WorldName } from './worlds';

const visit = casesIn('on premises');
const hub = casesIn('hub');
const there = casesIn('other region');

/** The same path, whatever kind of endpoint it is and whoever made it. */
const SAME_PATH: Case[] = (
  ['interface', 'existing security group', 'existing gateway', 'existing interface'] satisfies WorldName[]
)
  .map(casesIn)
  .flatMap(ask => [
    ask('workload', 'instance', object('GetObject'), 'allowed'),
    ask('workload', 'other endpoint', object('GetObject'), NETWORK),
    ask('workload', 'other vpc', object('GetObject'), NETWORK),
    ask('workload', 'neighbour', object('GetObject'), OUTSIDE_INSTANCE),
    ask('workload', 'instance', LOOT, NO_PASSAGE),
    ask('workload', 'instance', inBucket('ListBucketVersions'), NO_PASSAGE),
    ask('admin', 'instance', object('GetObject'), OTHERS),
    ask('admin', 'instance', inBucket('ListBucket'), NO_PASSAGE),
    ask('stranger', 'instance', LOOT, NO_PASSAGE),
  ]);

/** On-premises networks: one role, its actions, its bucket, through the interface endpoint. */
const ON_PREMISES: Case[] = [
  visit('visitor', 'on premises', object('PutObject', 'uploads/a.csv'), 'allowed'),
  visit('visitor', 'on premises', inBucket('GetBucketLocation'), 'allowed'),
  visit('visitor', 'service', kms('GenerateDataKey'), 'allowed'),
  visit('visitor', 'on premises', object('PutObject', 'other/a.csv'), NO_PASSAGE),
  visit('visitor', 'on premises', object('GetObject', 'uploads/a.csv'), NO_PASSAGE),
  visit('visitor', 'on premises', object('DeleteObject', 'uploads/a.csv'), NO_PASSAGE),
  visit('visitor', 'on premises', inBucket('ListBucket'), NO_PASSAGE),
  visit('visitor', 'on premises', object('PutObject', 'datasets/a.csv', 'Datasets'), OTHERS),
  visit('visitor', 'on premises', inBucket('GetBucketLocation', 'Datasets'), NO_PASSAGE),
  visit(
    'visitor',
    'on premises',
    object('PutObject', 'uploads/a.csv', 'UserData', { [SSE]: 'AES256' }),
    'statement DenyOtherEncryption',
  ),
  visit('visitor', 'on premises', LOOT, NO_PASSAGE),
  visit('visitor', 'instance', object('PutObject', 'uploads/a.csv'), NO_GRANT),
  visit('visitor', 'internet', object('PutObject', 'uploads/a.csv'), NETWORK),
  visit('visitor', 'other vpc', object('PutObject', 'uploads/a.csv'), NETWORK),
  visit('visitor', 'internet', inBucket('GetBucketLocation'), NO_GRANT),
  visit('visitor', 'internet', kms('GenerateDataKey'), NO_KEY_GRANT),
  visit('admin', 'on premises', object('GetObject', 'uploads/a.csv'), OTHERS),
  visit('admin', 'on premises', inBucket('ListBucket'), NO_PASSAGE),
  visit('stranger', 'on premises', LOOT, NO_PASSAGE),
  visit('anybody', 'on premises', object('GetObject', 'uploads/a.csv'), OTHERS),
  visit('workload', 'instance', object('GetObject'), 'allowed'),
  visit('workload', 'interface endpoint', object('GetObject'), 'allowed'),
  visit('workload', 'instance', inBucket('GetBucketLocation', 'Datasets'), 'allowed'),
  visit('workload', 'instance', object('GetObject', 'secret/a.csv', 'Datasets'), NO_PASSAGE),
  visit('workload', 'on premises', object('GetObject'), OUTSIDE_INSTANCE),
];

/**
 * An endpoint of another VPC: the requests carry the id of the hub, so the credentials are not bound, but pinned to
 * the endpoint.
 */
const HUB: Case[] = [
  hub('workload', 'instance', object('GetObject'), 'allowed'),
  hub('workload', 'other endpoint', object('GetObject'), NETWORK),
  hub('workload', 'other vpc', object('GetObject'), NETWORK),
  hub('workload', 'internet', inBucket('GetBucketLocation'), NO_GRANT),
  hub('workload', 'instance', LOOT, NO_PASSAGE),
  hub('admin', 'instance', object('GetObject'), OTHERS),
  hub('admin', 'instance', inBucket('ListBucket'), NO_PASSAGE),
];

/** The S3 of another Region: its buckets, and its KMS only. */
const OTHER_REGION: Case[] = [
  there('workload', 'instance', object('GetObject', 'a.csv', 'Frankfurt'), 'allowed'),
  there('workload', 'service', kms('Decrypt', 'Frankfurt'), 'allowed'),
  there(
    'workload',
    'service',
    kms('Decrypt', 'Frankfurt', { 'kms:ViaService': 's3.us-east-1.amazonaws.com' }),
    NO_GRANT,
  ),
  there('workload', 'internet', kms('Decrypt', 'Frankfurt'), NO_GRANT),
  there('workload', 'service', kms('GenerateDataKey', 'Frankfurt'), NO_GRANT),
  there('workload', 'instance', object('PutObject', 'a.csv', 'Frankfurt'), NO_PASSAGE),
  there(
    'workload',
    'instance',
    object('GetObject', 'a.csv', 'Frankfurt', { 'aws:ResourceAccount': '444455556666' }),
    NO_PASSAGE,
  ),
  there('workload', 'internet', object('GetObject', 'a.csv', 'Frankfurt'), NO_GRANT),
  there('workload', 'other endpoint', object('GetObject', 'a.csv', 'Frankfurt'), NO_GRANT),
  there('admin', 'instance', object('GetObject', 'a.csv', 'Frankfurt'), NO_PASSAGE),
];

export const ENDPOINT_CASES: Readonly<Record<string, Case[]>> = {
  'the same path through any endpoint': SAME_PATH,
  'roles of on-premises networks': ON_PREMISES,
  'the endpoint of a hub': HUB,
  'the S3 of another Region': OTHER_REGION,
};
