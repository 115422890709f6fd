import { RegionInfo } from 'aws-cdk-lib/region-info';
import { AwsOwnedAction, AwsOwnedSpec, objectArn } from './aws-owned-access';
import { isConcrete, Problem, withoutTokens } from '../private';

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

/** What is wrong with a custom bucket. */
export function customProblems({
  purpose,
  bucketNames = [],
  objectArns = [],
  actions = [...READ],
}: CustomAwsOwnedBucketOptions): Problem[] {
  const writes = actions.includes('s3:PutObject');
  return [
    ...purposeProblems(purpose),
    ...(bucketNames.length + objectArns.length > 0
      ? []
      : [
          {
            prop: 'bucketNames',
            got: bucketNames,
            allowed: 'one bucket or one ARN of objects, or more',
            fix: 'name a bucket in bucketNames, or objects in objectArns',
          },
        ]),
    ...bucketNames
      .filter(name => !BUCKET_NAME.test(withoutTokens(name)))
      .map(name => ({
        prop: 'bucketNames',
        got: name,
        allowed: 'the exact name of a bucket, without wildcards',
        fix: 'name each bucket, or its objects in objectArns',
      })),
    ...objectArns
      .filter(arn => !OBJECT_ARN.test(withoutTokens(arn)))
      .map(arn => ({
        prop: 'objectArns',
        got: arn,
        allowed:
          'the ARN of an object or of a prefix, such as arn:aws:s3:::bucket/prefix/*, with no wildcard but the one at its end',
        fix: 'name the bucket and the objects exactly',
      })),
    ...actionProblems(actions),
    ...(writes
      ? wholeBuckets(bucketNames, objectArns).map(got => ({
          prop: 'actions',
          got,
          allowed: 's3:PutObject on an object or a prefix: a whole bucket is a way for data to get out',
          fix: 'name the prefix in objectArns, as in arn:aws:s3:::bucket/prefix/*',
        }))
      : []),
  ];
}

const BUCKET_NAME = /^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$/;
const OBJECT_ARN = /^arn:[a-z-]+:s3:::[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]\/(\*|[^*?$]+|[^*?$]*\/\*)$/;

function purposeProblems(purpose: string): Problem[] {
  return isConcrete(purpose) && /^[A-Za-z][A-Za-z0-9]{0,63}$/.test(purpose)
    ? []
    : [
        {
          prop: 'purpose',
          got: purpose,
          allowed: '1 to 64 letters and digits, with a letter in front: it names the statements',
          fix: 'write what the bucket is for, as in VendorPackages',
        },
      ];
}

function actionProblems(actions: readonly string[]): Problem[] {
  const known: readonly string[] = ACTIONS;
  return [
    ...(actions.length > 0
      ? []
      : [{ prop: 'actions', got: actions, allowed: 'one action or more', fix: 'leave it out for s3:GetObject' }]),
    ...actions
      .filter(action => !known.includes(action))
      .map(action => ({
        prop: 'actions',
        got: action,
        allowed: 's3:GetObject and s3:PutObject',
        fix: 'grant other actions on a data bucket, with BucketAccess.of',
      })),
  ];
}

/** The buckets, and the ARNs, that name no prefix. */
function wholeBuckets(bucketNames: readonly string[], objectArns: readonly string[]): string[] {
  return [...bucketNames, ...objectArns.filter(arn => /^[^/]+\/\*$/.test(withoutTokens(arn)))];
}
