import type { Case } from './cases';
import { NO_BUCKET_GRANT, NO_GRANT, NO_PASSAGE, NETWORK, casesIn, inBucket, object } from './option-case';
import type { What } from './world';

const plain = casesIn('clients');
const more = casesIn('clients with options');
const demanding = casesIn('archive that demands an ACL');

const list = (bucket: string, prefix: string, delimiter?: string): What =>
  inBucket('ListBucket', bucket, {
    's3:prefix': prefix,
    ...(delimiter === undefined ? {} : { 's3:delimiter': delimiter }),
  });
const tagged = (action: string, bucket: string, key: string): What =>
  object(action, key, bucket, { 's3:RequestObjectTag/team': 'a', 's3:RequestObjectTagKeys': ['team'] });
const withAcl = (key: string, acl: string): What => object('PutObjectAcl', key, 'Archive', { 's3:x-amz-acl': acl });

const allowed = (ask: typeof plain, ...requests: readonly What[]): Case[] =>
  requests.map(what => ask('workload', 'instance', what, 'allowed'));
const refused = (ask: typeof plain, reason: string, ...requests: readonly What[]): Case[] =>
  requests.map(what => ask('workload', 'instance', what, reason));

/** `aws s3 cp`, `sync`, `mv`, `rm` in the prefix, uploads in parts, and conditional writes work as they are. */
const AS_THEY_ARE: Case[] = [
  ...allowed(
    plain,
    list('Work', 'data/', '/'),
    list('Work', 'data/2026/'),
    object('GetObject', 'data/a.csv', 'Work'),
    object('PutObject', 'data/a.csv', 'Work', { 's3:if-none-match': '*' }),
    object('AbortMultipartUpload', 'data/a.csv', 'Work'),
    object('ListMultipartUploadParts', 'data/a.csv', 'Work'),
    object('DeleteObject', 'data/a.csv', 'Work'),
    tagged('PutObjectTagging', 'Work', 'data/a.csv'),
    inBucket('ListBucket', 'Backups'),
    inBucket('ListBucketMultipartUploads', 'Backups'),
    inBucket('GetBucketLocation', 'Uploads'),
  ),
];

/** s3fs, pyarrow and Hadoop S3A ask for the prefix without its slash, and `aws s3 ls` lists by it. */
const PREFIX_ROOT: Case[] = [
  ...refused(plain, NO_PASSAGE, object('GetObject', 'datasets', 'Datasets'), object('GetObject', 'data', 'Work')),
  ...refused(plain, NO_GRANT, list('Datasets', 'datasets'), list('Datasets', 'datasets', '/')),
  ...allowed(
    more,
    object('GetObject', 'datasets', 'Datasets'),
    list('Datasets', 'datasets'),
    list('Datasets', 'datasets', '/'),
    list('Datasets', 'datasets/', '/'),
    object('GetObject', 'data', 'Work'),
  ),
  ...refused(
    more,
    NO_PASSAGE,
    object('GetObject', 'datasets-private/a.csv', 'Datasets'),
    object('GetObject', 'dataset', 'Datasets'),
    object('GetObjectTagging', 'datasets', 'Datasets'),
    object('PutObject', 'data', 'Work'),
    object('DeleteObject', 'data', 'Work'),
  ),
  ...refused(
    more,
    NO_GRANT,
    list('Datasets', 'datasets-private/'),
    list('Datasets', 'dataset'),
    list('Datasets', ''),
    inBucket('ListBucket', 'Datasets'),
  ),
  more('admin', 'internet', object('GetObject', 'datasets', 'Datasets'), NETWORK),
  more('workload', 'internet', object('GetObject', 'datasets', 'Datasets'), NETWORK),
];

/** pyarrow, restic and kopia look whether the bucket is there; the docker registry lists uploads. */
const WHOLE_BUCKET: Case[] = [
  ...refused(plain, NO_GRANT, inBucket('ListBucket', 'Work'), inBucket('ListBucket', 'Datasets')),
  ...refused(
    plain,
    NO_PASSAGE,
    inBucket('ListBucket', 'Uploads'),
    inBucket('ListBucketMultipartUploads', 'Work'),
    inBucket('CreateBucket', 'Backups'),
    inBucket('ListBucketMultipartUploads', 'Uploads'),
  ),
  ...allowed(
    more,
    inBucket('ListBucket', 'Work'),
    inBucket('ListBucketMultipartUploads', 'Work'),
    list('Work', 'other/'),
  ),
  ...refused(
    more,
    NO_PASSAGE,
    object('GetObject', 'other/a.csv', 'Work'),
    object('PutObject', 'other/a.csv', 'Work'),
    inBucket('ListBucketMultipartUploads', 'Datasets'),
    inBucket('CreateBucket', 'Work'),
    inBucket('ListBucketVersions', 'Work'),
  ),
];

/** Terraform and OpenTofu list their workspaces. */
const STATE: Case[] = [
  ...allowed(more, list('State', 'env:/'), object('GetObject', 'state/terraform.tfstate', 'State')),
  ...refused(more, NO_PASSAGE, object('GetObject', 'env:/dev/terraform.tfstate', 'State')),
  ...refused(more, NO_GRANT, list('State', 'env')),
];

/** Tags and annotations: of an upload, and of a copy. */
const TAGS: Case[] = [
  ...refused(
    plain,
    NO_PASSAGE,
    tagged('PutObjectTagging', 'Uploads', 'logs/a.log'),
    object('GetObjectAnnotation', 'data/a.csv', 'Work'),
    object('PutObjectAnnotation', 'data/a.csv', 'Work'),
  ),
  ...allowed(
    more,
    tagged('PutObject', 'Uploads', 'logs/a.log'),
    tagged('PutObjectTagging', 'Uploads', 'logs/a.log'),
    object('GetObjectTagging', 'data/a.csv', 'Work'),
    tagged('PutObjectTagging', 'Work', 'data/a.csv'),
    ...['GetObjectAnnotation', 'ListObjectAnnotations', 'PutObjectAnnotation'].map(action =>
      object(action, 'data/a.csv', 'Work'),
    ),
    ...['GetObjectVersionAnnotation', 'ListObjectVersionAnnotations'].map(action =>
      object(action, 'datasets/a.csv', 'Datasets', { 's3:VersionId': 'v1' }),
    ),
  ),
  ...refused(
    more,
    NO_PASSAGE,
    tagged('PutObjectTagging', 'Uploads', 'other/a.log'),
    object('GetObjectTagging', 'logs/a.log', 'Uploads'),
    object('GetObject', 'logs/a.log', 'Uploads'),
    object('DeleteObjectTagging', 'logs/a.log', 'Uploads'),
    object('PutObjectVersionAnnotation', 'datasets/a.csv', 'Datasets'),
    object('DeleteObjectVersionAnnotation', 'datasets/a.csv', 'Datasets'),
  ),
];

/** `--acl bucket-owner-full-control`: this ACL, and no other. */
const ACL: Case[] = [
  ...allowed(
    demanding,
    object('PutObject', 'app/a.log', 'Archive', { 's3:x-amz-acl': 'bucket-owner-full-control' }),
    object('PutObject', 'app/a.log', 'Archive'),
    withAcl('app/a.log', 'bucket-owner-full-control'),
  ),
  ...['public-read', 'public-read-write', 'authenticated-read', 'bucket-owner-read', 'private'].map(acl =>
    demanding('workload', 'instance', withAcl('app/a.log', acl), NO_PASSAGE),
  ),
  ...refused(
    demanding,
    NO_PASSAGE,
    object('PutObjectAcl', 'app/a.log', 'Archive'),
    object('PutObjectAcl', 'app/a.log', 'Archive', {
      's3:x-amz-grant-read': 'uri=http://acs.amazonaws.com/groups/global/AllUsers',
    }),
    withAcl('other/a.log', 'bucket-owner-full-control'),
    object('PutObjectVersionAcl', 'app/a.log', 'Archive', { 's3:x-amz-acl': 'bucket-owner-full-control' }),
    object('GetObjectAcl', 'app/a.log', 'Archive'),
  ),
  demanding('admin', 'internet', withAcl('app/a.log', 'bucket-owner-full-control'), NO_BUCKET_GRANT),
  ...refused(
    plain,
    NO_PASSAGE,
    object('PutObjectAcl', 'logs/a.log', 'Uploads', { 's3:x-amz-acl': 'bucket-owner-full-control' }),
  ),
];

/** The requests of S3 clients, as they send them. */
export const CLIENT_CASES: Readonly<Record<string, Case[]>> = {
  'clients as they are': AS_THEY_ARE,
  'clients that ask for the prefix without its slash': PREFIX_ROOT,
  'clients that ask for the bucket': WHOLE_BUCKET,
  'clients that list workspaces': STATE,
  'clients that tag and annotate': TAGS,
  'clients that set an ACL': ACL,
};
