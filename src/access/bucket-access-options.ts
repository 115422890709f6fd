import { AccessLine } from './access-line';
import { BUCKET_OWNER_ACTION } from './s3-actions';
import { FLAG, Fields, Kind, Problem, optional, struct } from '../private';

/** What some S3 clients ask for in addition to the actions of a `BucketAccess`: each is named by what it opens. */
export interface BucketAccessOptions {
  /**
   * Uploads may carry the ACL `bucket-owner-full-control`, as archives of other accounts demand it:
   * `s3:PutObjectAcl` with that one value, which gives the owner of the bucket what they have anyway. With
   * `writeOnly` and `readWrite`, and for buckets that exist (`DataBucketSource.fromBucket`).
   *
   * @default false
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
   */
  readonly bucketOwnerFullControl?: boolean;

  /**
   * Lists the uploads in parts that are not complete, of the whole bucket: `s3:ListBucketMultipartUploads` has no
   * condition for a prefix, so the keys of all of them are told. `readWrite` without a prefix has it already.
   *
   * @default false
   */
  readonly listAllUploads?: boolean;

  /**
   * Lists the whole bucket, and with it lets `HeadBucket` pass: S3 cannot tell the two apart. The keys of all objects
   * are told, not what is in them. `readOnly` and `readWrite` without a prefix have it already.
   *
   * @default false
   * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html
   */
  readonly listWholeBucket?: boolean;

  /**
   * Reads the one key that is the prefix without its slash, such as `datasets` for `datasets/`, and lists by it. File
   * systems on S3 (s3fs, Hadoop S3A, pyarrow) ask for that key before they list what is below, and
   * `aws s3 ls s3://bucket/datasets` lists by it. Such a list also tells keys that begin with the same text, such as
   * `datasets-private/a.csv`; what is in them stays closed. With `readOnly` and `readWrite` of a prefix.
   *
   * @default false
   */
  readonly prefixRoot?: boolean;

  /**
   * Uploads may carry tags: `s3:PutObjectTagging`, which also changes the tags of an object that is there. With
   * `writeOnly`; `readWrite` has it already.
   *
   * @default false
   */
  readonly tagObjects?: boolean;
}

/** The accesses with a name of their own. */
export type Preset = 'readOnly' | 'readWrite' | 'writeOnly';

/** What some S3 clients ask for in addition. */
export const BUCKET_ACCESS_OPTIONS: Kind<BucketAccessOptions> = struct<BucketAccessOptions>({
  bucketOwnerFullControl: optional(FLAG),
  listAllUploads: optional(FLAG),
  listWholeBucket: optional(FLAG),
  prefixRoot: optional(FLAG),
  tagObjects: optional(FLAG),
} satisfies Fields<BucketAccessOptions>);

/** What an option is of use with, and why not with the rest. */
interface Use {
  readonly isOfUse: (preset: Preset, prefix: string | undefined) => boolean;
  readonly allowed: string;
  readonly fix: string;
}

const LEAVE_OUT = 'leave it out';

const USES: Readonly<Record<keyof BucketAccessOptions, Use>> = {
  bucketOwnerFullControl: {
    isOfUse: preset => preset !== 'readOnly',
    allowed: 'an access that uploads: writeOnly or readWrite',
    fix: LEAVE_OUT,
  },
  listAllUploads: {
    isOfUse: (preset, prefix) => preset !== 'readWrite' || prefix !== undefined,
    allowed: 'an access that does not list the uploads of the whole bucket already',
    fix: LEAVE_OUT,
  },
  listWholeBucket: {
    isOfUse: (preset, prefix) => preset === 'writeOnly' || prefix !== undefined,
    allowed: 'an access that does not list the whole bucket already',
    fix: LEAVE_OUT,
  },
  prefixRoot: {
    isOfUse: (preset, prefix) => preset !== 'writeOnly' && prefix !== undefined,
    allowed: 'an access with a prefix that reads: readOnly or readWrite',
    fix: 'name the prefix, or leave it out',
  },
  tagObjects: {
    isOfUse: preset => preset === 'writeOnly',
    allowed: 'writeOnly: readWrite tags objects already, and readOnly writes nothing',
    fix: LEAVE_OUT,
  },
};

/** What is wrong with options that an access has no use for. */
export function optionProblems(
  preset: Preset,
  prefix: string | undefined,
  options: BucketAccessOptions = {},
): Problem[] {
  return Object.entries(USES)
    .filter(([name, { isOfUse }]) => options[name as keyof BucketAccessOptions] === true && !isOfUse(preset, prefix))
    .map(([name, { allowed, fix }]) => ({ prop: `options.${name}`, got: true, allowed, fix }));
}

/** What the options allow in addition. */
export function linesOf(options: BucketAccessOptions, prefix: string | undefined): AccessLine[] {
  const { bucketOwnerFullControl, listAllUploads, listWholeBucket, prefixRoot, tagObjects } = options;
  const bucket = (action: string): AccessLine => ({ bucketActions: [action], objectActions: [] });
  const objects = (action: string): AccessLine => ({ bucketActions: [], objectActions: [action], prefix });
  const root = (below: string): AccessLine => ({
    bucketActions: ['s3:ListBucket'],
    objectActions: ['s3:GetObject'],
    key: below.slice(0, -1),
  });
  return [
    ...(bucketOwnerFullControl === true ? [objects(BUCKET_OWNER_ACTION)] : []),
    ...(listAllUploads === true ? [bucket('s3:ListBucketMultipartUploads')] : []),
    ...(listWholeBucket === true ? [bucket('s3:ListBucket')] : []),
    ...(prefixRoot === true && prefix !== undefined ? [root(prefix)] : []),
    ...(tagObjects === true ? [objects('s3:PutObjectTagging')] : []),
  ];
}
