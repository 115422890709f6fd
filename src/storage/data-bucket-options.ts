import { Duration } from 'aws-cdk-lib';
import { BucketAccess } from '../access';

/** A data bucket to create, and what the workload may do in it. */
export interface NewDataBucketProps {
  /** What the workload may do in the bucket: one access or more. */
  readonly access: BucketAccess[];

  /**
   * The name of the bucket: 3 to 63 lower-case letters, digits, dots and hyphens, unique in the partition: only the
   * deployment tells whether somebody has it already.
   *
   * @default - CloudFormation generates a name, so that the bucket can be replaced
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
   */
  readonly bucketName?: string;

  /**
   * The beginning of a name in the account-regional namespace, to which S3 appends account and Region. Nobody else
   * can create a bucket of that name, even after this one is deleted. Not together with `bucketName`.
   *
   * @default - a name in the global namespace
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/gpbucketnamespaces.html
   */
  readonly bucketNamePrefix?: string;

  /**
   * How long overwritten and deleted versions of objects are kept. Whole days.
   *
   * @default Duration.days(90)
   */
  readonly noncurrentVersionExpiration?: Duration;
}

/** How a data bucket is created. */
export type DataBucketOptions = Omit<NewDataBucketProps, 'access'>;
