import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  BucketPolicy,
  CfnBucket,
  IBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { Removal, emptyWithStack, removalPolicyOf } from './removal';
import { accessLogStatements, flowLogStatements, transportStatements, withUniqueSids } from '../policies';
import { accept, ACCEPTED, DerivedPolicyDocument } from '../private';

/** The prefix that server access logs are delivered under, followed by the construct path of their bucket. */
export const ACCESS_LOGS_PREFIX = 's3-access-logs/';

/**
 * The bucket that receives S3 server access logs and VPC flow logs. Encrypted with S3's own keys, because log
 * delivery to other keys is documented inconsistently; without the network perimeter, because AWS services write to
 * it.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 */
export class LogBucket extends Construct {
  /** The bucket itself. */
  public readonly bucket: IBucket;

  /** The policy that lets the services write: what they deliver must wait for it. */
  public readonly policy: BucketPolicy;

  private readonly writers = new Map<string, PolicyStatement[]>();

  constructor(scope: Construct, id: string, removal: Removal = {}) {
    super(scope, id);
    const removalPolicy = removalPolicyOf(removal);
    const bucket = this.addBucket(removalPolicy);
    this.policy = new BucketPolicy(this, 'Policy', {
      bucket,
      document: new DerivedPolicyDocument(() => [
        ...transportStatements(bucket.bucketArn),
        ...withUniqueSids([...this.writers.values()].flat()),
      ]),
      removalPolicy,
    });
    bucket.policy = this.policy;
    this.bucket = bucket;
    emptyWithStack(bucket, removal);
    accept(bucket, ACCEPTED.logBucket);
  }

  /** Lets S3 deliver the server access logs of this account's buckets under a prefix. */
  public allowAccessLogs(prefix: string): void {
    this.writers.set(
      `access ${prefix}`,
      accessLogStatements({ bucketArn: this.bucket.bucketArn, prefix, account: Aws.ACCOUNT_ID }),
    );
  }

  /** Lets VPC deliver the flow logs of this account and Region under a prefix. */
  public allowFlowLogs(prefix: string): void {
    const delivery = { bucketArn: this.bucket.bucketArn, prefix, account: Aws.ACCOUNT_ID };
    this.writers.set(`flow ${prefix}`, flowLogStatements(delivery, Aws.REGION));
  }

  private addBucket(removalPolicy: RemovalPolicy): Bucket {
    const bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      versioned: true,
      removalPolicy,
      lifecycleRules: [
        {
          id: 'ExpireLogs',
          abortIncompleteMultipartUploadAfter: Duration.days(7),
          expiration: Duration.days(400),
          noncurrentVersionExpiration: Duration.days(30),
        },
      ],
    });
    const resource = bucket.node.defaultChild as CfnBucket;
    resource.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
    return bucket;
  }
}
