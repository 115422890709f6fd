/**
 * The type of the metadata in which a `DataBucketPolicy` says whom it lets into its bucket beside the workloads of the
 * same app.
 */
export const DECLARED_VISITORS = 'cdk-private-ec2-s3-access:declared-visitors';

/** The roles that a bucket is shared with, as plain data; ARNs may be tokens until it is written. */
export interface DeclaredVisitors {
  readonly bucketArn: string;
  readonly visitors: readonly DeclaredVisitor[];
}

/** Roles that reach a bucket, and its key through S3. */
export interface DeclaredVisitor {
  /** The ARN of a role, or a pattern of ARNs. */
  readonly roleArn: string;
  /** The tag that a role must have; absent: none. */
  readonly tagKey?: string;
}
