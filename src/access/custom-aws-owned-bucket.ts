import { RegionInfo } from 'aws-cdk-lib/region-info';
import { AwsOwnedAction, AwsOwnedSpec, objectArn } from './aws-owned-access';
import { FLAG, Fields, Problem, Rule, isConcrete, listOf, optional, text, withoutTokens } from '../private';

/** What a workload reaches in buckets that belong to AWS or to a vendor. */
export interface CustomAwsOwnedBucketOptions {
  /** What the buckets are for: it names the statements. 1 to 64 letters and digits, with a letter in front. */
  readonly purpose: string;

  /**
   * Buckets of which all objects can be read.
   *
   * @default - none
   */
  readonly bucketNames?: string[];

  /**
   * ARNs of objects: of one object, or of a prefix with `/*` at its end. No other wildcards.
   *
   * @default - none
   */
  readonly objectArns?: string[];

  /**
   * What can be done with the objects: `s3:GetObject`, `s3:PutObject`. Uploads need `objectArns` with an object or a
   * prefix: a whole bucket of somebody else is a way for data to get out.
   *
   * @default - ['s3:GetObject']
   */
  readonly actions?: string[];

  /**
   * Whether the workload's role signs the requests and needs the grant; otherwise they are unsigned, or presigned by
   * the owner.
   */
  readonly signedByRole: boolean;
}

const ACTIONS: readonly AwsOwnedAction[] = ['s3:GetObject', 's3:PutObject'];
const READ: readonly string[] = ['s3:GetObject'];

/** The objects of a custom bucket; ARNs of another partition mean nothing in a Region. */
export function customObjects({
  bucketNames = [],
  objectArns = [],
  actions = [...READ],
}: CustomAwsOwnedBucketOptions): AwsOwnedSpec {
  const arns = [...new Set([...bucketNames.map(name => objectArn(`${name}/*`)), ...objectArns])];
  return region => {
    const partition = isConcrete(region) ? RegionInfo.get(region).partition : undefined;
    const isElsewhere =
      partition !== undefined && objectArns.some(arn => isConcrete(arn) && arn.split(':')[1] !== partition);
    return isElsewhere
      ? {
          allowed: `objectArns of the partition ${partition}`,
          fix: 'write Aws.PARTITION in their place, or use bucketNames',
        }
      : ACTIONS.filter(action => actions.includes(action)).map(action => ({ action, objectArns: arns }));
  };
}

const BUCKET_NAME = text({
  allowed: 'the exact name of a bucket, without wildcards',
  fix: 'name each bucket, or its objects in objectArns',
  pattern: /^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$/,
  aroundTokens: true,
});

const OBJECT_ARN = text({
  allowed:
    'the ARN of an object or of a prefix, such as arn:aws:s3:::bucket/prefix/*, with no wildcard but the one at its end',
  fix: 'name the bucket and the objects exactly',
  pattern: /^arn:[a-z-]+:s3:::[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]\/(\*|[^*?$]+|[^*?$]*\/\*)$/,
  aroundTokens: true,
});

const PURPOSE = text({
  allowed: '1 to 64 letters and digits, with a letter in front: it names the statements',
  fix: 'write what the bucket is for, as in VendorPackages',
  pattern: /^[A-Za-z][A-Za-z0-9]{0,63}$/,
  isKnown: true,
});

const ACTION = text({
  allowed: 's3:GetObject and s3:PutObject',
  fix: 'grant other actions on a data bucket, with BucketAccess.of',
  pattern: /^s3:(Get|Put)Object$/,
  isKnown: true,
});

const SOME = {
  allowed: 'one bucket or one ARN of objects, or more',
  fix: 'name a bucket in bucketNames, or objects in objectArns',
};

/** The options of a custom bucket. */
export const CUSTOM_BUCKET: Fields<CustomAwsOwnedBucketOptions> = {
  purpose: PURPOSE,
  bucketNames: optional(listOf(BUCKET_NAME, SOME.allowed, SOME.fix, { mayBeEmpty: true })),
  objectArns: optional(listOf(OBJECT_ARN, SOME.allowed, SOME.fix, { mayBeEmpty: true })),
  actions: optional(listOf(ACTION, 'one action or more', 'leave it out for s3:GetObject')),
  signedByRole: FLAG,
};

/** What is wrong with a custom bucket as a whole. */
export const CUSTOM_BUCKET_RULES: ReadonlyArray<Rule<CustomAwsOwnedBucketOptions>> = [
  { reads: ['bucketNames', 'objectArns'], problems: noObjectProblems },
  { reads: ['actions', 'bucketNames', 'objectArns'], problems: wholeBucketProblems },
];

function noObjectProblems({ bucketNames = [], objectArns = [] }: CustomAwsOwnedBucketOptions): Problem[] {
  return bucketNames.length + objectArns.length > 0 ? [] : [{ prop: 'bucketNames', got: bucketNames, ...SOME }];
}

function wholeBucketProblems({
  bucketNames = [],
  objectArns = [],
  actions = [],
}: CustomAwsOwnedBucketOptions): Problem[] {
  return !actions.includes('s3:PutObject')
    ? []
    : wholeBuckets(bucketNames, objectArns).map(got => ({
        prop: 'actions',
        got,
        allowed: 's3:PutObject on an object or a prefix: a whole bucket is a way for data to get out',
        fix: 'name the prefix in objectArns, as in arn:aws:s3:::bucket/prefix/*',
      }));
}

/** The buckets, and the ARNs, that name no prefix. */
function wholeBuckets(bucketNames: readonly string[], objectArns: readonly string[]): string[] {
  return [...bucketNames, ...objectArns.filter(arn => /^[^/]+\/\*$/.test(withoutTokens(arn)))];
}
