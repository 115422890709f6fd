import { AccessLine } from './access-line';
import { ACTIONS, UNLIMITED_ACTIONS } from './action-problems';
import { BUCKET_ACCESS_OPTIONS, BucketAccessOptions, Preset, linesOf, optionProblems } from './bucket-access-options';
import { KEY_PREFIX } from './key-prefix';
import { BUCKET_ACTIONS, OBJECT_ACTIONS, keyActionsFor } from './s3-actions';
import { Kind, checked, listOf, markAs, oneOfOurs, optional } from '../private';

const READ = ['s3:GetObject', 's3:GetObjectAttributes', 's3:GetObjectTagging'];
const WRITE = ['s3:AbortMultipartUpload', 's3:ListMultipartUploadParts', 's3:PutObject'];

const LIST = ['s3:GetBucketLocation', 's3:ListBucket'];

/**
 * What a workload may do in a data bucket: the exact S3 actions and the prefix that they are limited to.
 *
 * The same access is rendered into the role policy, the endpoint policy, the bucket policy and the key policy.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 *
 * @example
 * DataBucketSource.create({ access: [BucketAccess.readOnly('in/'), BucketAccess.writeOnly('out/')] });
 */
export class BucketAccess {
  /**
   * List the bucket and read objects, their attributes and tags.
   *
   * @param prefix limits the access to keys that begin with it; ends with `/`. Default: the whole bucket.
   * @param options what some S3 clients ask for in addition. Default: nothing
   */
  public static readOnly(prefix?: string, options?: BucketAccessOptions): BucketAccess {
    return BucketAccess.preset('readOnly', { bucketActions: LIST, objectActions: READ }, prefix, options);
  }

  /**
   * Upload objects, in one request or in parts, without the right to read or list them.
   *
   * @param prefix limits the access to keys that begin with it; ends with `/`. Default: the whole bucket.
   * @param options what some S3 clients ask for in addition. Default: nothing
   */
  public static writeOnly(prefix?: string, options?: BucketAccessOptions): BucketAccess {
    return BucketAccess.preset(
      'writeOnly',
      { bucketActions: ['s3:GetBucketLocation'], objectActions: WRITE },
      prefix,
      options,
    );
  }

  /**
   * List the bucket, read, write, tag and delete objects. Versions of objects stay out of reach: a deleted object can
   * be restored by whoever administers the bucket.
   *
   * @param prefix limits the access to keys that begin with it; ends with `/`. Default: the whole bucket.
   * @param options what some S3 clients ask for in addition. Default: nothing
   */
  public static readWrite(prefix?: string, options?: BucketAccessOptions): BucketAccess {
    const uploads = prefix === undefined ? ['s3:ListBucketMultipartUploads'] : [];
    const objectActions = [...READ, ...WRITE, 's3:DeleteObject', 's3:PutObjectTagging'];
    return BucketAccess.preset('readWrite', { bucketActions: [...LIST, ...uploads], objectActions }, prefix, options);
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
    return new BucketAccess([
      {
        bucketActions: actions.filter(action => BUCKET_ACTIONS.has(action)),
        objectActions: actions.filter(action => OBJECT_ACTIONS.has(action)),
        prefix: exact.prefix,
      },
    ]);
  }

  /**
   * What SSM Agent needs to upload session logs: it looks how the bucket is encrypted, and puts objects.
   *
   * @internal
   */
  public static _sessionLogs(prefix: string): BucketAccess {
    return new BucketAccess([
      { bucketActions: ['s3:GetEncryptionConfiguration'], objectActions: ['s3:PutObject'], prefix },
    ]);
  }

  private static preset(
    name: Preset,
    actions: Pick<AccessLine, 'bucketActions' | 'objectActions'>,
    prefix?: string,
    options?: BucketAccessOptions,
  ): BucketAccess {
    const valid = checked(
      `BucketAccess.${name}`,
      { prefix, options },
      { prefix: optional(KEY_PREFIX), options: optional(BUCKET_ACCESS_OPTIONS) },
      { reads: ['prefix', 'options'], problems: each => optionProblems(name, each.prefix, each.options) },
    );
    return new BucketAccess([{ ...actions, prefix: valid.prefix }, ...linesOf(valid.options ?? {}, valid.prefix)]);
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

  /**
   * What is allowed where: under the prefix first.
   *
   * @internal
   */
  public readonly _lines: readonly AccessLine[];

  private constructor(lines: readonly [AccessLine, ...AccessLine[]]) {
    markAs(this, 'BucketAccess');
    this._lines = lines;
    this.bucketActions = sorted(lines.flatMap(({ bucketActions }) => bucketActions));
    this.objectActions = sorted(lines.flatMap(({ objectActions }) => objectActions));
    this.keyActions = keyActionsFor(this.objectActions);
    this.prefix = lines[0].prefix;
  }
}

/** One access or more. */
export const ACCESSES: Kind<BucketAccess[]> = listOf(
  oneOfOurs<BucketAccess>('BucketAccess', 'make it with BucketAccess.readOnly(), writeOnly() or readWrite()'),
  'one BucketAccess or more',
  'add BucketAccess.readOnly(), writeOnly() or readWrite()',
);

function sorted(actions: readonly string[]): string[] {
  return [...new Set(actions)].sort();
}
