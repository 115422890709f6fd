import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Bucket, CfnBucket, mixins } from 'aws-cdk-lib/aws-s3';
import { IConstruct } from 'constructs';
import { FLAG, Fields, Kind, Problem, Rule, addTask, kind, optional } from '../private';

/** What becomes of buckets and keys when their stack is deleted, or when they leave it. */
export interface Removal {
  readonly removalPolicy?: RemovalPolicy;
  readonly autoDeleteObjects?: boolean;
}

const REMOVAL_POLICY: Kind<RemovalPolicy> = kind(
  'RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE, RemovalPolicy.RETAIN, RemovalPolicy.DESTROY: buckets and keys have no snapshots',
  'write RemovalPolicy.DESTROY for a test stack, or leave it out',
  value => Object.values(RemovalPolicy).some(each => each === value && each !== RemovalPolicy.SNAPSHOT),
);

/** The options by their names. */
export const REMOVAL_FIELDS: Fields<Removal> = {
  autoDeleteObjects: optional(FLAG),
  removalPolicy: optional(REMOVAL_POLICY),
};

/** What they are together. */
export const REMOVAL_RULE: Rule<Removal> = {
  reads: ['autoDeleteObjects', 'removalPolicy'],
  problems: emptyingProblems,
};

function emptyingProblems({ autoDeleteObjects, removalPolicy }: Removal): Problem[] {
  return autoDeleteObjects !== true || removalPolicy === RemovalPolicy.DESTROY
    ? []
    : [
        {
          prop: 'autoDeleteObjects',
          got: autoDeleteObjects,
          allowed: 'true together with RemovalPolicy.DESTROY only: what is kept is not emptied',
          fix: 'write removalPolicy: RemovalPolicy.DESTROY, or leave it out',
        },
      ];
}

/** The removal policy of a bucket, its policy or a key: unless another is named, they are kept. */
export function removalPolicyOf({ removalPolicy }: Removal): RemovalPolicy {
  return removalPolicy ?? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
}

/** What the function of the CDK does, as the statement says that the CDK adds to the policy of the bucket. */
const EMPTYING = ['s3:DeleteObject*', 's3:GetBucket*', 's3:List*', 's3:PutBucketPolicy'];

/**
 * Lets the function of the CDK empty a bucket before it is deleted. The bucket has its policy already: what lets the
 * function in is added to it. It reads no objects, and the policy of a data bucket keeps it to that.
 */
export function emptyWithStack(bucket: Bucket, { autoDeleteObjects }: Removal): void {
  if (autoDeleteObjects !== true) {
    return;
  }
  new mixins.BucketAutoDeleteObjects().applyTo(bucket.node.defaultChild as CfnBucket);
  const provider = Stack.of(bucket).node.findChild('Custom::S3AutoDeleteObjectsCustomResourceProvider');
  const { roleArn } = provider as IConstruct & { readonly roleArn: string };
  addTask(bucket, { task: 'Emptying', roleArn, actions: EMPTYING });
}
