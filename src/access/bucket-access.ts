import { BUCKET_ACTIONS, NEVER_GRANTED, OBJECT_ACTIONS, PREFIX_CONDITION_ACTIONS, keyActionsFor } from './s3-actions';
import { isConcrete, Problem, refuse } from '../private';

const READ = ['s3:GetObject', 's3:GetObjectAttributes', 's3:GetObjectTagging'];
const WRITE = ['s3:AbortMultipartUpload', 's3:ListMultipartUploadParts', 's3:PutObject'];

/**
 * What a workload may do in a data bucket: the exact S3 actions and the prefix that they are limited to.
 *
 * The same access is rendered into the role policy, the endpoint policy, the bucket policy and the key policy.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 */
export class BucketAccess {
  /**
   * List the bucket and read objects, their attributes and tags.
   *
   * @param prefix limits the access to keys that begin with it; ends with `/`. Default: the whole bucket.
   */
  public static readOnly(prefix?: string): BucketAccess {
    return new BucketAccess('BucketAccess.readOnly', ['s3:GetBucketLocation', 's3:ListBucket'], READ, prefix);
  }

  /**
   * Upload objects, in one request or in parts, without the right to read or list them.
   *
   * @param prefix limits the access to keys that begin with it; ends with `/`. Default: the whole bucket.
   */
  public static writeOnly(prefix?: string): BucketAccess {
    return new BucketAccess('BucketAccess.writeOnly', ['s3:GetBucketLocation'], WRITE, prefix);
  }

  /**
   * List the bucket, read, write, tag and delete objects. Versions of objects stay out of reach: a deleted object can
   * be restored by whoever administers the bucket.
   *
   * @param prefix limits the access to keys that begin with it; ends with `/`. Default: the whole bucket.
   */
  public static readWrite(prefix?: string): BucketAccess {
    const listing = ['s3:GetBucketLocation', 's3:ListBucket'];
    const uploads = prefix === undefined ? ['s3:ListBucketMultipartUploads'] : [];
    return new BucketAccess(
      'BucketAccess.readWrite',
      [...listing, ...uploads],
      [...READ, ...WRITE, 's3:DeleteObject', 's3:PutObjectTagging'],
      prefix,
    );
  }

  /**
   * Exact actions, for what the other three do not cover, such as `s3:GetObjectVersion` or `s3:RestoreObject`.
   *
   * Refused are wildcards, unknown actions, and actions that would let a workload change the perimeter or destroy
   * versions: `s3:Put/DeleteBucket*`, `s3:ListAllMyBuckets`, `s3:DeleteObjectVersion`, ACLs, replication, retention
   * and legal hold.
   *
   * @param actions the S3 actions, such as `s3:GetObjectVersion`
   * @param prefix limits the access to keys that begin with it; ends with `/`. Default: the whole bucket.
   */
  public static of(actions: string[], prefix?: string): BucketAccess {
    refuse('BucketAccess.of', [
      ...(actions.length === 0 ? [noActions(actions)] : []),
      ...actions.flatMap(action => actionProblems(action, prefix)),
    ]);
    return new BucketAccess(
      'BucketAccess.of',
      actions.filter(action => BUCKET_ACTIONS.has(action)),
      actions.filter(action => OBJECT_ACTIONS.has(action)),
      prefix,
    );
  }

  /**
   * What SSM Agent needs to upload session logs: it looks how the bucket is encrypted, and puts objects.
   *
   * @internal
   */
  public static _sessionLogs(prefix: string): BucketAccess {
    return new BucketAccess('RemoteAccess.sessionManager', ['s3:GetEncryptionConfiguration'], ['s3:PutObject'], prefix);
  }

  /** The actions on the bucket itself, sorted. */
  public readonly bucketActions: string[];

  /** The actions on the objects under the prefix, sorted. */
  public readonly objectActions: string[];

  /** The actions on the bucket's KMS key that S3 needs to perform on the workload's behalf, sorted. */
  public readonly keyActions: string[];

  /**
   * The prefix that the access is limited to.
   *
   * @default - the whole bucket
   */
  public readonly prefix?: string;

  private constructor(factory: string, bucketActions: string[], objectActions: string[], prefix?: string) {
    refuse(factory, keyPrefixProblems(prefix));
    this.bucketActions = [...new Set(bucketActions)].sort();
    this.objectActions = [...new Set(objectActions)].sort();
    this.keyActions = keyActionsFor(this.objectActions);
    this.prefix = prefix;
  }
}

function noActions(actions: string[]): Problem {
  return {
    prop: 'actions',
    got: actions,
    allowed: 'one action or more',
    fix: 'name the actions, or use readOnly, writeOnly or readWrite',
  };
}

function actionProblems(action: string, prefix: string | undefined): Problem[] {
  const problem = (allowed: string, fix: string) => [{ prop: 'actions', got: action, allowed, fix }];
  if (!isConcrete(action) || action.includes('*') || action.includes('?')) {
    return problem('exact S3 actions without wildcards', 'list each action by its name, such as s3:GetObjectVersion');
  }
  const never = NEVER_GRANTED.find(({ pattern }) => pattern.test(action));
  if (never !== undefined) {
    return problem(
      `actions of a workload, not this one: ${never.reason}`,
      'leave it to whoever administers the bucket',
    );
  }
  if (!BUCKET_ACTIONS.has(action) && !OBJECT_ACTIONS.has(action)) {
    return problem([...BUCKET_ACTIONS, ...OBJECT_ACTIONS].join(', '), 'check the spelling, capitals included');
  }
  if (prefix !== undefined && ignoresPrefix(action)) {
    return problem(
      'no prefix with this action: S3 has no condition key that would limit it',
      'grant it in a BucketAccess without a prefix',
    );
  }
  return [];
}

/** Whether a prefix would not limit an action on a bucket. The location of a bucket is no secret. */
function ignoresPrefix(action: string): boolean {
  return BUCKET_ACTIONS.has(action) && !PREFIX_CONDITION_ACTIONS.has(action) && action !== 's3:GetBucketLocation';
}

/** What a prefix may not be, what is allowed instead, and the fix: the prefix that was meant, where none is given. */
const PREFIX_RULES: ReadonlyArray<{ refuses: (prefix: string) => boolean; allowed: string; fix?: string }> = [
  {
    refuses: isBare,
    allowed: 'a key prefix that ends with /',
    fix: 'leave it out to grant the whole bucket',
  },
  {
    refuses: prefix => !isBare(prefix) && prefix.startsWith('/'),
    allowed: 'no leading slash: S3 keys do not begin with one',
  },
  {
    refuses: prefix => !isBare(prefix) && !prefix.endsWith('/'),
    allowed: 'a prefix that ends with /, or data would also open database/',
  },
  {
    refuses: prefix => /[$*?]/.test(prefix),
    allowed: 'none of $ * ?, which IAM would read as a variable or a wildcard',
    fix: 'name one prefix for each access',
  },
  {
    refuses: prefix => /[\u0000-\u001f\u007f]/.test(prefix),
    allowed: 'no control characters',
    fix: 'name the prefix in printable characters',
  },
  {
    refuses: prefix => /[^\u0000-\u00ff]/.test(prefix),
    allowed: 'characters up to U+00FF, the only ones of IAM policies',
    fix: 'choose another prefix, or grant the one above it',
  },
  {
    refuses: prefix => Buffer.byteLength(prefix) > 1023,
    allowed: '1,023 bytes or fewer: an S3 key has at most 1,024',
    fix: 'shorten the prefix',
  },
];

function isBare(prefix: string): boolean {
  return /^\/*$/.test(prefix);
}

/** What is wrong with the prefix of keys. */
export function keyPrefixProblems(prefix: string | undefined, prop: string = 'prefix'): Problem[] {
  if (!isConcrete(prefix)) {
    return [];
  }
  const meant = prefix.replace(/^\/+/, '').replace(/\/?$/, '/');
  return PREFIX_RULES.filter(({ refuses }) => refuses(prefix)).map(({ allowed, fix }) => ({
    prop,
    got: prefix,
    allowed,
    fix: fix ?? `write ${JSON.stringify(meant)}`,
  }));
}
