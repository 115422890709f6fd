import { BUCKET_ACTIONS, NEVER_GRANTED, OBJECT_ACTIONS, PREFIX_CONDITION_ACTIONS, keyActionsFor } from './s3-actions';
import {
  Kind,
  Problem,
  Rule,
  checked,
  isConcrete,
  listOf,
  markAs,
  oneOfOurs,
  optional,
  ruledText,
  unless,
  withoutTokens,
} from '../private';

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
    return new BucketAccess(
      ['s3:GetBucketLocation', 's3:ListBucket'],
      READ,
      checkedPrefix('BucketAccess.readOnly', prefix),
    );
  }

  /**
   * Upload objects, in one request or in parts, without the right to read or list them.
   *
   * @param prefix limits the access to keys that begin with it; ends with `/`. Default: the whole bucket.
   */
  public static writeOnly(prefix?: string): BucketAccess {
    return new BucketAccess(['s3:GetBucketLocation'], WRITE, checkedPrefix('BucketAccess.writeOnly', prefix));
  }

  /**
   * List the bucket, read, write, tag and delete objects. Versions of objects stay out of reach: a deleted object can
   * be restored by whoever administers the bucket.
   *
   * @param prefix limits the access to keys that begin with it; ends with `/`. Default: the whole bucket.
   */
  public static readWrite(prefix?: string): BucketAccess {
    const listing = ['s3:GetBucketLocation', 's3:ListBucket'];
    const limit = checkedPrefix('BucketAccess.readWrite', prefix);
    const uploads = limit === undefined ? ['s3:ListBucketMultipartUploads'] : [];
    return new BucketAccess(
      [...listing, ...uploads],
      [...READ, ...WRITE, 's3:DeleteObject', 's3:PutObjectTagging'],
      limit,
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
    const exact = checked(
      'BucketAccess.of',
      { actions, prefix },
      { actions: ACTIONS, prefix: optional(KEY_PREFIX) },
      UNLIMITED_ACTIONS,
    );
    return new BucketAccess(
      actions.filter(action => BUCKET_ACTIONS.has(action)),
      actions.filter(action => OBJECT_ACTIONS.has(action)),
      exact.prefix,
    );
  }

  /**
   * What SSM Agent needs to upload session logs: it looks how the bucket is encrypted, and puts objects.
   *
   * @internal
   */
  public static _sessionLogs(prefix: string): BucketAccess {
    return new BucketAccess(['s3:GetEncryptionConfiguration'], ['s3:PutObject'], prefix);
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

  private constructor(bucketActions: string[], objectActions: string[], prefix?: string) {
    markAs(this, 'BucketAccess');
    this.bucketActions = [...new Set(bucketActions)].sort();
    this.objectActions = [...new Set(objectActions)].sort();
    this.keyActions = keyActionsFor(this.objectActions);
    this.prefix = prefix;
  }
}

/** One access or more. */
export const ACCESSES: Kind<BucketAccess[]> = listOf(
  oneOfOurs<BucketAccess>('BucketAccess', 'make it with BucketAccess.readOnly(), writeOnly() or readWrite()'),
  'one BucketAccess or more',
  'add BucketAccess.readOnly(), writeOnly() or readWrite()',
);

/** A prefix of keys. */
export const KEY_PREFIX: Kind<string> = ruledText(
  'a key prefix that ends with /',
  'leave it out to grant the whole bucket',
  keyPrefixProblems,
);

const ACTIONS = listOf(
  ruledText(
    'exact S3 actions without wildcards',
    'list each action by its name, such as s3:GetObjectVersion',
    actionProblems,
  ),
  'one action or more',
  'name the actions, or use readOnly, writeOnly or readWrite',
);

const UNLIMITED_ACTIONS: Rule<{ actions: string[]; prefix: string | undefined }> = {
  reads: ['actions', 'prefix'],
  problems: ({ actions, prefix }) =>
    prefix === undefined
      ? []
      : actions.filter(isUnlimited).map(got => ({
          prop: 'actions',
          got,
          allowed: 'no prefix with this action: S3 has no condition key that would limit it',
          fix: 'grant it in a BucketAccess without a prefix',
        })),
};

function isUnlimited(action: string): boolean {
  return BUCKET_ACTIONS.has(action) && !PREFIX_CONDITION_ACTIONS.has(action) && action !== 's3:GetBucketLocation';
}

function checkedPrefix(factory: string, prefix: string | undefined): string | undefined {
  return checked(factory, { prefix }, { prefix: optional(KEY_PREFIX) }).prefix;
}

function actionProblems(prop: string, action: string): Problem[] {
  const problem = (allowed: string, fix: string) => [{ prop, got: action, allowed, fix }];
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
  return [];
}

/** What a prefix of keys must not have in it: control characters, and those that IAM reads or refuses. */
const FORBIDDEN: ReadonlyArray<readonly [broken: RegExp, allowed: string, fix: string]> = [
  [/[$*?]/, 'none of $ * ?, which IAM would read as a variable or a wildcard', 'name one prefix for each access'],
  [/[\u0000-\u001f\u007f]/, 'no control characters', 'name the prefix in printable characters'],
  [
    /[^\u0000-\u00ff]/,
    'characters up to U+00FF, the only ones of IAM policies',
    'choose another prefix, or grant the one above it',
  ],
];

/** What is wrong with the prefix of keys. */
function keyPrefixProblems(prop: string, prefix: string): Problem[] {
  if (!isConcrete(prefix)) {
    return unless(withoutTokens(prefix).endsWith('/'), {
      prop,
      got: prefix,
      allowed: 'a prefix that ends with / also where the rest of it is known at deployment only',
      fix: 'write the slash behind it, as in `${parameter.valueAsString}/`',
    });
  }
  const problem = (allowed: string, fix: string) => ({ prop, got: prefix, allowed, fix });
  return [
    ...slashProblems(prop, prefix),
    ...FORBIDDEN.filter(([broken]) => broken.test(prefix)).map(([, allowed, fix]) => problem(allowed, fix)),
    ...unless(
      Buffer.byteLength(prefix) <= 1023,
      problem('1,023 bytes or fewer: an S3 key has at most 1,024', 'shorten the prefix'),
    ),
  ];
}

function slashProblems(prop: string, prefix: string): Problem[] {
  const problem = (allowed: string, fix: string) => ({ prop, got: prefix, allowed, fix });
  const bare = prefix.replace(/^\/+/, '');
  if (bare === '') {
    return [problem('a key prefix that ends with /', 'leave it out to grant the whole bucket')];
  }
  const right = `write ${JSON.stringify(bare.endsWith('/') ? bare : `${bare}/`)}`;
  return [
    ...unless(!prefix.startsWith('/'), problem('no leading slash: S3 keys do not begin with one', right)),
    ...unless(prefix.endsWith('/'), problem('a prefix that ends with /, or data would also open database/', right)),
  ];
}
