import { anyOf, StatementJson, wildcardMatch } from '../iam';

/** What a grant with a wildcard is tried with. */
const OBJECT_ACTIONS = [
  'GetObject',
  'GetObjectVersion',
  'GetObjectAttributes',
  'GetObjectTagging',
  'PutObject',
  'PutObjectTagging',
  'DeleteObject',
  'DeleteObjectVersion',
  'AbortMultipartUpload',
  'ListMultipartUploadParts',
  'RestoreObject',
].map(name => `s3:${name}`);

const BUCKET_ACTIONS = ['ListBucket', 'GetBucketLocation', 'ListBucketVersions', 'ListBucketMultipartUploads'].map(
  name => `s3:${name}`,
);

const ON_OBJECTS =
  /^s3:((Get|Put|Delete|Restore|Update)Object|AbortMultipartUpload|ListMultipartUploadParts|Bypass|Replicate|ObjectOwner)/i;

/** Actions on neither a bucket nor an object. */
const ON_OTHERS =
  /^s3:(ListAllMyBuckets|CreateBucket|.*(Account|AccessPoint|AccessGrant|Job|StorageLens|MultiRegion|Describe).*)$/i;

/** Whether S3 takes the action on an object, rather than on a bucket. */
export function isOnObject(action: string): boolean {
  return ON_OBJECTS.test(action);
}

/**
 * The actions of S3 on buckets and objects that a statement is about: those that it names, and common ones that its
 * wildcards cover.
 */
export function bucketActionsOf({ Action, NotAction }: StatementJson): string[] {
  const common = [...OBJECT_ACTIONS, ...BUCKET_ACTIONS];
  if (Action === undefined) {
    return common.filter(action => !covers(NotAction, action));
  }
  const named = [Action].flat().filter(action => /^s3:[^*?]+$/i.test(action) && !ON_OTHERS.test(action));
  const wildcards = [Action].flat().filter(action => /[*?]/.test(action));
  const already = new Set(named.map(action => action.toLowerCase()));
  return [
    ...new Set([...named, ...common.filter(action => covers(wildcards, action) && !already.has(action.toLowerCase()))]),
  ];
}

function covers(patterns: StatementJson['Action'], action: string): boolean {
  return anyOf(patterns, each => wildcardMatch(each.toLowerCase(), action.toLowerCase()));
}

/**
 * What S3 asks AWS KMS for on behalf of who reads or writes an encrypted object; a multipart upload reads its own
 * parts.
 */
export function keyActionsOf(action: string): string[] {
  switch (action.toLowerCase()) {
    case 's3:getobject':
      return ['kms:Decrypt'];
    case 's3:getobjectversion':
      return ['kms:Decrypt'];
    case 's3:putobject':
      return ['kms:GenerateDataKey', 'kms:Decrypt'];
    default:
      return [];
  }
}
