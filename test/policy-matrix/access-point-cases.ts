import type { Case } from './cases';
import { NO_GRANT, NO_PASSAGE, OTHERS, OUTSIDE_INSTANCE, PLAIN_TEXT, casesIn, inBucket, object } from './option-case';
import type { What } from './world';
import type { WorldName } from './worlds';

const remote = casesIn('access point of another account');
const own = casesIn('access point of the account');
const open = casesIn('access point behind an open endpoint');

const THROUGH = { accessPoint: 'Point' };
const OUTSIDE = 'statement DenyObjectsOutsideEndpoint of the bucket policy';
const ROGUE = { 's3:DataAccessPointArn': 'arn:aws:s3:us-east-1:111122223333:accesspoint/rogue' };

const through = (action: string, key: string, context?: What['context']): What => ({
  ...object(action, key, 'Lake', context),
  ...THROUGH,
});
const listed = (prefix: string): What => ({ ...inBucket('ListBucket', 'Lake', { 's3:prefix': prefix }), ...THROUGH });
const directly = (action: string, key: string, context?: What['context']): What => object(action, key, 'Lake', context);

/** The workload, and nobody else, comes through its access point, and no other way. */
const EVERYWHERE: Case[] = (['access point of another account', 'access point of the account'] satisfies WorldName[])
  .map(casesIn)
  .flatMap(ask => [
    ask('workload', 'instance', through('PutObject', 'raw/a.csv'), 'allowed'),
    ask('workload', 'instance', through('GetObject', 'shared/a.csv'), 'allowed'),
    ask('workload', 'instance', listed('shared/'), 'allowed'),
    ask('workload', 'instance', { ...inBucket('GetBucketLocation', 'Lake'), ...THROUGH }, 'allowed'),
    ask('workload', 'instance', through('PutObject', 'shared/a.csv'), NO_PASSAGE),
    ask('workload', 'instance', through('GetObject', 'raw/a.csv'), NO_PASSAGE),
    ask('workload', 'instance', through('DeleteObject', 'raw/a.csv'), NO_PASSAGE),
    ask('workload', 'instance', listed('raw/'), NO_GRANT),
    ask('workload', 'instance', directly('PutObject', 'raw/a.csv'), NO_PASSAGE),
    ask('workload', 'instance', directly('GetObject', 'shared/a.csv'), NO_PASSAGE),
    ask('workload', 'instance', directly('GetObject', 'shared/a.csv', ROGUE), NO_PASSAGE),
    ask(
      'workload',
      'instance',
      through('PutObject', 'raw/a.csv', PLAIN_TEXT),
      'statement DenyWithoutTls of the bucket policy',
    ),
    ask(
      'workload',
      'instance',
      through('PutObject', 'raw/a.csv', { 's3:TlsVersion': '1.1' }),
      'statement DenyOldTls of the bucket policy',
    ),
    ask('workload', 'neighbour', through('PutObject', 'raw/a.csv'), OUTSIDE_INSTANCE),
    ask('admin', 'instance', through('GetObject', 'shared/a.csv'), OTHERS),
    ask('stranger', 'internet', through('PutObject', 'raw/a.csv'), 'of the bucket policy'),
    ask('anybody', 'internet', through('GetObject', 'shared/a.csv'), 'of the bucket policy'),
  ]);

/** In another account the Allows of the access point name the way; in the same one, Denies do. */
const WAYS: Case[] = [
  remote('owner', 'internet', through('GetObject', 'shared/a.csv'), OTHERS),
  remote('owner', 'internet', listed('shared/'), 'statement DenyListsToOthers of the bucket policy'),
  remote('owner', 'internet', directly('GetObject', 'shared/a.csv'), 'allowed'),
  remote('owner', 'internet', inBucket('PutAccessPointPolicy', 'Point'), 'allowed'),
  remote('admin', 'internet', through('GetObject', 'shared/a.csv'), OTHERS),
  remote('admin', 'internet', directly('GetObject', 'shared/a.csv'), 'no statement of the bucket policy'),
  remote('admin', 'internet', directly('GetObject', 'shared/a.csv', ROGUE), 'no statement of the bucket policy'),
  remote(
    'workload',
    'internet',
    through('GetObject', 'shared/a.csv'),
    'statement DenyCredentialsOutsideVpc of the identity policy',
  ),
  own('workload', 'other endpoint', through('PutObject', 'raw/a.csv'), OUTSIDE),
  own('workload', 'internet', through('GetObject', 'shared/a.csv'), OUTSIDE),
  own(
    'workload',
    'internet',
    { ...inBucket('GetBucketLocation', 'Lake'), ...THROUGH },
    'statement DenyCredentialsOutsideVpc of the identity policy',
  ),
  own('admin', 'internet', through('GetObject', 'shared/a.csv'), OUTSIDE),
  own('admin', 'other endpoint', listed('shared/'), 'statement DenyListsOutsideEndpoint of the bucket policy'),
  own('admin', 'instance', listed('shared/'), 'statement DenyListsToOthers of the bucket policy'),
  own('admin', 'internet', inBucket('PutAccessPointPolicy', 'Point'), 'allowed'),
  own('cloudformation', 'internet', inBucket('GetAccessPointPolicy', 'Point'), 'allowed'),
];

/** The role's own policies name the way, too. */
const BY_THE_ROLE: Case[] = [
  open('workload', 'instance', through('GetObject', 'shared/a.csv'), 'allowed'),
  open('workload', 'instance', directly('GetObject', 'shared/a.csv'), NO_GRANT),
  open('workload', 'instance', directly('PutObject', 'raw/a.csv', ROGUE), NO_GRANT),
  open('workload', 'instance', inBucket('ListBucket', 'Lake', { 's3:prefix': 'shared/' }), NO_GRANT),
  open('admin', 'instance', through('GetObject', 'shared/a.csv'), OTHERS),
];

/** Many workloads on one bucket, each through an access point of its own. */
export const ACCESS_POINTS: Record<string, Case[]> = { 'access points': [...EVERYWHERE, ...WAYS, ...BY_THE_ROLE] };
