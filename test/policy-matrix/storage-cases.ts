import type { Case } from './cases';
import {
  FOREIGN_KEY,
  LISTS,
  LOOT,
  NETWORK,
  NO_BUCKET_GRANT,
  NO_GRANT,
  NO_KEY_GRANT,
  NO_PASSAGE,
  OUTSIDE_VPC,
  PLAIN_TEXT,
  SSE,
  SSE_C,
  SSE_KEY,
  VERSIONS,
  casesIn,
  inBucket,
  kms,
  object,
} from './option-case';
import { OTHER_ACCOUNT } from './world';
import type { WorldName } from './worlds';

const s3Managed = casesIn('s3 managed');
const existingKey = casesIn('existing key');
const existing = casesIn('existing buckets');
const emptied = casesIn('emptied');
const regional = casesIn('account-regional name');
const remote = casesIn('remote workload');
const account = casesIn('remote endpoint account');
const perimeter = casesIn('remote perimeter');
const list = casesIn('remote access list');

const KEPT_TO_EMPTYING = 'statement DenyAllButEmptying of the bucket policy';

const put = (context: Readonly<Record<string, string>>) => object('PutObject', undefined, undefined, context);
const of = (bucket: string) => (action: string, key: string) => object(action, key, bucket);
const archive = of('Archive');

/** S3's own keys, or one that exists; no others. */
const ENCRYPTION: Case[] = [
  s3Managed('workload', 'instance', object('PutObject'), 'allowed'),
  s3Managed('workload', 'instance', put({ [SSE]: 'AES256' }), 'allowed'),
  s3Managed('workload', 'instance', put({ [SSE]: 'aws:kms' }), 'statement DenyOtherEncryption'),
  s3Managed(
    'workload',
    'instance',
    put({ [SSE]: 'aws:kms:dsse', [SSE_KEY]: FOREIGN_KEY }),
    'statement DenyOtherEncryption',
  ),
  s3Managed('workload', 'instance', put({ [SSE_KEY]: FOREIGN_KEY }), 'statement DenyOtherKeys'),
  s3Managed('workload', 'instance', put({ [SSE_C]: 'AES256' }), 'statement DenyCustomerProvidedKeys'),
  s3Managed('admin', 'internet', object('GetObject'), NETWORK),
  existingKey('workload', 'instance', put({ [SSE]: 'aws:kms', [SSE_KEY]: 'OUR_KEY' }), 'allowed'),
  existingKey('workload', 'service', kms('GenerateDataKey'), 'allowed'),
  existingKey('admin', 'service', kms('Decrypt'), 'allowed'),
  existingKey('workload', 'internet', kms('Decrypt'), NO_GRANT),
  existingKey('workload', 'service', kms('Encrypt'), NO_GRANT),
  existingKey('workload', 'service', kms('CreateGrant'), NO_GRANT),
  existingKey('stranger', 'service', kms('Decrypt'), NO_KEY_GRANT),
  existingKey('workload', 'instance', put({ [SSE]: 'aws:kms', [SSE_KEY]: FOREIGN_KEY }), 'statement DenyOtherKeys'),
  existingKey('workload', 'instance', put({ [SSE]: 'aws:kms' }), 'statement DenyKmsWithoutKeyId'),
  existingKey('workload', 'instance', put({ [SSE]: 'AES256' }), 'statement DenyOtherEncryption'),
];

/**
 * A bucket of this stack gets the perimeter, any other keeps its own policy; the workload goes no further in either.
 */
const EXISTING_BUCKETS: Case[] = [
  existing('workload', 'instance', of('Ours')('PutObject', 'in/a.csv'), 'allowed'),
  existing('workload', 'service', kms('GenerateDataKey', 'OurKey'), 'allowed'),
  existing('admin', 'internet', inBucket('GetBucketPolicy', 'Ours'), 'allowed'),
  existing('workload', 'instance', of('Ours')('PutObject', 'out/a.csv'), NO_PASSAGE),
  existing('workload', 'instance', of('Ours')('GetObject', 'in/a.csv'), NO_PASSAGE),
  existing(
    'workload',
    'instance',
    object('PutObject', 'in/a.csv', 'Ours', { [SSE]: 'AES256' }),
    'statement DenyOtherEncryption',
  ),
  existing('workload', 'internet', kms('GenerateDataKey', 'OurKey'), NO_GRANT),
  existing('admin', 'internet', of('Ours')('GetObject', 'in/a.csv'), NETWORK),
  existing('admin', 'internet', inBucket('ListBucket', 'Ours'), LISTS),
  existing('admin', 'internet', inBucket('ListBucketVersions', 'Ours'), VERSIONS),
  existing('admin', 'instance', of('Ours')('GetObject', 'in/a.csv'), NO_PASSAGE),
  existing('workload', 'instance', of('Elsewhere')('PutObject', 'in/a.csv'), 'allowed'),
  existing('admin', 'internet', of('Elsewhere')('GetObject', 'in/a.csv'), 'allowed'),
  existing('workload', 'internet', of('Elsewhere')('PutObject', 'in/a.csv'), OUTSIDE_VPC),
  existing('workload', 'other endpoint', of('Elsewhere')('PutObject', 'in/a.csv'), NO_GRANT),
  existing(
    'workload',
    'instance',
    object('PutObject', 'in/a.csv', 'Elsewhere', { 'aws:ResourceAccount': OTHER_ACCOUNT }),
    NO_PASSAGE,
  ),
  existing('workload', 'instance', of('Foreign')('PutObject', 'in/a.csv'), 'allowed'),
  existing('workload', 'instance', of('Foreign')('PutObject', 'out/a.csv'), NO_PASSAGE),
  existing('workload', 'internet', of('Foreign')('PutObject', 'in/a.csv'), OUTSIDE_VPC),
  existing('admin', 'internet', of('Foreign')('PutObject', 'in/a.csv'), NO_BUCKET_GRANT),
  existing('admin', 'other endpoint', of('Foreign')('PutObject', 'in/a.csv'), NO_BUCKET_GRANT),
  existing('workload', 'instance', of('Unready')('PutObject', 'in/a.csv'), NO_BUCKET_GRANT),
];

/** The function that empties a bucket deletes, and neither reads nor writes, whatever else its role may do. */
const EMPTIED: Case[] = [
  emptied('task role', 'internet', inBucket('ListBucketVersions'), 'allowed'),
  emptied('task role', 'internet', object('DeleteObject'), 'allowed'),
  emptied('task role', 'internet', object('DeleteObjectVersion'), 'allowed'),
  emptied('task role', 'internet', inBucket('GetBucketTagging'), 'allowed'),
  emptied('task role', 'internet', inBucket('PutBucketPolicy'), 'allowed'),
  emptied('task role', 'internet', object('GetObject'), KEPT_TO_EMPTYING),
  emptied('task role', 'internet', object('GetObjectVersion'), KEPT_TO_EMPTYING),
  emptied('task role', 'other endpoint', object('GetObjectTagging'), KEPT_TO_EMPTYING),
  emptied('task role', 'internet', object('PutObject'), KEPT_TO_EMPTYING),
  emptied('task role', 'internet', object('BypassGovernanceRetention'), KEPT_TO_EMPTYING),
  emptied('task role', 'instance', object('DeleteObject'), NO_PASSAGE),
  emptied('task role', 'service', kms('Decrypt'), NO_KEY_GRANT),
  emptied('admin', 'internet', object('DeleteObject'), NETWORK),
  emptied('admin', 'internet', inBucket('ListBucketVersions'), VERSIONS),
  emptied('workload', 'instance', object('GetObject'), 'allowed'),
  emptied('workload', 'internet', object('DeleteObject'), NETWORK),
];

/** A name that nobody else can have. */
const NAMES: Case[] = [
  regional('workload', 'instance', object('PutObject', 'in/a.csv'), 'allowed'),
  regional('workload', 'instance', object('PutObject', 'out/a.csv'), NO_PASSAGE),
  regional(
    'workload',
    'instance',
    object('PutObject', 'in/a.csv', undefined, { 'aws:ResourceAccount': OTHER_ACCOUNT }),
    NO_PASSAGE,
  ),
  regional('workload', 'instance', inBucket('ListBucketMultipartUploads'), NO_PASSAGE),
  regional('workload', 'instance', LOOT, NO_PASSAGE),
  regional('workload', 'internet', object('PutObject', 'in/a.csv'), NETWORK),
];

/**
 * What the owner of a bucket lets workloads of other accounts do: the role, its actions, through its endpoint, with
 * TLS.
 */
const REMOTE: Case[] = [
  ...(['remote workload', 'remote access list', 'remote perimeter'] satisfies WorldName[])
    .map(casesIn)
    .flatMap(ask => [
      ask('workload', 'instance', archive('PutObject', 'app/a.csv'), 'allowed'),
      ask('workload', 'instance', inBucket('GetBucketLocation', 'Archive'), 'allowed'),
      ask('workload', 'service', kms('GenerateDataKey', 'Archive'), 'allowed'),
      ask('workload', 'service', kms('Decrypt', 'Archive'), 'allowed'),
      ask('owner', 'internet', kms('PutKeyPolicy', 'Archive'), 'allowed'),
      ask('workload', 'service', kms('ReEncryptFrom', 'Archive'), `${NO_GRANT} or the key policy`),
      ask('workload', 'instance', archive('PutObject', 'other/a.csv'), NO_PASSAGE),
      ask('workload', 'instance', archive('GetObject', 'app/a.csv'), NO_PASSAGE),
      ask('workload', 'internet', kms('GenerateDataKey', 'Archive'), `${NO_GRANT} or the key policy`),
      ask('admin', 'service', kms('Decrypt', 'Archive'), NO_KEY_GRANT),
      ask('stranger', 'service', kms('Decrypt', 'Archive'), NO_KEY_GRANT),
      ask(
        'workload',
        'instance',
        object('PutObject', 'app/a.csv', 'Archive', PLAIN_TEXT),
        'statement DenyWithoutTls of the bucket policy',
      ),
      ask(
        'workload',
        'instance',
        object('PutObject', 'app/a.csv', 'Archive', { 's3:TlsVersion': '1.1' }),
        'statement DenyOldTls of the bucket policy',
      ),
      ask('owner', 'internet', inBucket('GetBucketPolicy', 'Archive'), 'allowed'),
    ]),
  remote('owner', 'internet', archive('GetObject', 'app/a.csv'), 'allowed'),
  remote('admin', 'internet', archive('PutObject', 'app/a.csv'), NO_BUCKET_GRANT),
  remote('stranger', 'internet', archive('PutObject', 'app/a.csv'), NO_BUCKET_GRANT),
  remote('workload', 'other endpoint', archive('PutObject', 'app/a.csv'), `${NO_GRANT} or the bucket policy`),
  list('admin', 'other endpoint', archive('PutObject', 'app/a.csv'), NO_BUCKET_GRANT),
  list('workload', 'other endpoint', archive('PutObject', 'app/a.csv'), NO_GRANT),
];

/** The endpoints of another account, whatever the role's own policies allow. */
const REMOTE_ENDPOINTS: Case[] = [
  account('workload', 'other vpc', archive('PutObject', 'app/a.csv'), 'allowed'),
  account('workload', 'other vpc', inBucket('GetBucketLocation', 'Archive'), 'allowed'),
  account('workload', 'other vpc', archive('PutObject', 'other/a.csv'), NO_BUCKET_GRANT),
  account('workload', 'other vpc', archive('GetObject', 'app/a.csv'), NO_BUCKET_GRANT),
  account('workload', 'other vpc', inBucket('ListBucket', 'Archive'), NO_BUCKET_GRANT),
  account('workload', 'other endpoint', archive('PutObject', 'app/a.csv'), NO_BUCKET_GRANT),
  account('workload', 'internet', archive('PutObject', 'app/a.csv'), NO_BUCKET_GRANT),
  account('admin', 'other vpc', archive('PutObject', 'app/a.csv'), NO_BUCKET_GRANT),
];

/** With the network perimeter the owner's own people and services stay out, unless they are exempt. */
const REMOTE_PERIMETER: Case[] = [
  perimeter('auditor', 'internet', archive('GetObject', 'app/a.csv'), 'allowed'),
  perimeter('auditor', 'internet', inBucket('ListBucket', 'Archive'), 'allowed'),
  perimeter('owner', 'internet', archive('GetObject', 'app/a.csv'), NETWORK),
  perimeter('owner', 'internet', inBucket('ListBucket', 'Archive'), LISTS),
  perimeter('owner', 'internet', inBucket('ListBucketVersions', 'Archive'), VERSIONS),
  perimeter('admin', 'internet', archive('PutObject', 'app/a.csv'), NETWORK),
  perimeter('workload', 'other endpoint', archive('PutObject', 'app/a.csv'), NETWORK),
  perimeter('log delivery', 'aws', archive('PutObject', 'vpc-flow-logs/a'), NETWORK),
  perimeter(
    'auditor',
    'internet',
    object('GetObject', 'app/a.csv', 'Archive', PLAIN_TEXT),
    'statement DenyWithoutTls of the bucket policy',
  ),
];

export const STORAGE_CASES: Readonly<Record<string, Case[]>> = {
  "S3's own keys, and a key that exists": ENCRYPTION,
  'buckets that exist': EXISTING_BUCKETS,
  'buckets that are emptied with their stack': EMPTIED,
  'names in the account-regional namespace': NAMES,
  'workloads of other accounts': REMOTE,
  'workloads whose endpoints are of another account': REMOTE_ENDPOINTS,
  'the network perimeter of an owner': REMOTE_PERIMETER,
};
