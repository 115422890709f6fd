import { anyOf, OBJECT_ACTIONS, StatementJson, wildcardMatch } from '../iam';

/** What a grant with a wildcard is tried with. */
const COMMON_ON_OBJECTS = [
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

const COMMON_ON_BUCKETS = ['ListBucket', 'GetBucketLocation', 'ListBucketVersions', 'ListBucketMultipartUploads'].map(
  name => `s3:${name}`,
);

const ON_OBJECTS: ReadonlySet<string> = new Set(OBJECT_ACTIONS.map(action => action.toLowerCase()));

/** Actions on neither a bucket nor an object. */
const ON_OTHERS =
  /^s3:(ListAllMyBuckets|CreateBucket|.*(Account|AccessPoint|AccessGrant|Job|StorageLens|MultiRegion|Describe).*)$/i;

/** Whether S3 takes the action on an object, rather than on a bucket. */
export function isOnObject(action: string): boolean {
  return ON_OBJECTS.has(action.toLowerCase());
}

/**
 * The actions of S3 on buckets and objects that a statement is about: those that it names, and common ones that its
 * wildcards cover.
 */
export function bucketActionsOf({ Action, NotAction }: StatementJson): string[] {
  const common = [...COMMON_ON_OBJECTS, ...COMMON_ON_BUCKETS];
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
