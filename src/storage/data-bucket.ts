import { AspectPriority, Aspects, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Metric, MetricOptions, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { IKey } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  BlockedEncryptionType,
  Bucket,
  BucketEncryption,
  BucketNamespace,
  BucketPolicy,
  CfnBucket,
  IBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { DATA_BUCKET_FIELDS, namesIn } from './data-bucket-fields';
import type { DataBucketOptions } from './data-bucket-options';
import { DataEncryption, ENCRYPTION } from './data-encryption';
import { deliveryProblems } from './deliveries';
import { handlerProblems } from './handler-problems';
import { ACCESS_LOGS_PREFIX, LogBucket } from './log-bucket';
import { REMOVAL_FIELDS, REMOVAL_RULE, emptyWithStack, removalPolicyOf } from './removal';
import { ACCESS_LIST, AccessList, deploymentRoleArns } from '../access';
import { bucketStatements } from '../policies';
import {
  ACCEPTED,
  BUCKET,
  DerivedPolicyDocument,
  Fields,
  POLICY_LIMITS,
  accept,
  checkedProps,
  describe,
  markManaged,
  optional,
  sizeProblems,
  tasksOf,
} from '../private';

/** Properties of a `DataBucket`. */
export interface DataBucketProps extends DataBucketOptions {
  /** The access list that the bucket policy follows. */
  readonly accessList: AccessList;

  /**
   * How objects are encrypted at rest.
   *
   * @default DataEncryption.customerManagedKey()
   */
  readonly encryption?: DataEncryption;

  /**
   * The bucket that receives the server access logs, under `s3-access-logs/<construct path>/`. Its policy must let
   * `logging.s3.amazonaws.com` write there.
   *
   * @default - a log bucket of its own
   */
  readonly accessLogsBucket?: IBucket;

  /**
   * Whether a function of the CDK empties the bucket before it is deleted. Only with `RemovalPolicy.DESTROY`.
   *
   * @default false
   */
  readonly autoDeleteObjects?: boolean;

  /**
   * What becomes of the bucket, its policy and its own key when the stack is deleted.
   *
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
   */
  readonly removalPolicy?: RemovalPolicy;
}

const FIELDS: Fields<DataBucketProps> = {
  ...DATA_BUCKET_FIELDS,
  ...REMOVAL_FIELDS,
  accessList: ACCESS_LIST,
  accessLogsBucket: optional(BUCKET),
  encryption: optional(ENCRYPTION),
};

/**
 * An S3 data bucket behind the perimeter: Block Public Access, owner-enforced, versioned, encrypted, logged, kept when
 * the stack is deleted, and with a policy that opens its objects to the roles of the access list only, through the S3
 * endpoint only.
 *
 * @see https://docs.aws.amazon.com/prescriptive-guidance/latest/security-reference-architecture/application.html
 */
export class DataBucket extends Construct {
  /** The bucket. */
  public readonly bucket: IBucket;

  /** The access list that its policy follows. */
  public readonly accessList: AccessList;

  /** The policy of the bucket: whatever uses the bucket must wait for it. */
  public readonly policy: BucketPolicy;

  private countsRequests = false;

  constructor(scope: Construct, id: string, props: DataBucketProps) {
    const valid = checkedProps(
      { type: 'DataBucket', scope, id },
      props,
      FIELDS,
      {
        reads: ['bucketName', 'bucketNamePrefix'],
        problems: each => namesIn(Stack.of(scope).region).problems(each),
      },
      REMOVAL_RULE,
      { reads: ['encryption'], problems: each => each.encryption?._problemsIn(Stack.of(scope).region) ?? [] },
    );
    super(scope, id);
    this.accessList = valid.accessList;
    const key = (valid.encryption ?? DataEncryption.customerManagedKey())._bind(this, valid.accessList, valid);
    const bucket = this.addBucket(valid, key);
    this.addDefaults(bucket, valid);
    this.bucket = bucket;
    this.policy = this.addPolicy(bucket, valid);
    emptyWithStack(bucket, valid);
    this.node.addValidation({ validate: () => this.problems(valid.accessList) });
    Aspects.of(this).add(
      { visit: node => node === this && keepEventBridge(bucket) },
      { priority: AspectPriority.MUTATING },
    );
    markManaged(bucket, this);
    accept(bucket, key === undefined ? ACCEPTED.s3ManagedDataBucket : ACCEPTED.dataBucket);
  }

  /** The requests that S3 answers with an error of the client; they are counted from now on. */
  public clientErrors(props?: MetricOptions): Metric {
    if (!this.countsRequests) {
      this.countsRequests = true;
      (this.bucket as Bucket).addMetric({ id: ALL_OBJECTS });
    }
    return new Metric({
      namespace: 'AWS/S3',
      metricName: '4xxErrors',
      dimensionsMap: { BucketName: this.bucket.bucketName, FilterId: ALL_OBJECTS },
      period: Duration.minutes(1),
      statistic: Stats.SUM,
      ...props,
    });
  }

  private addBucket(props: DataBucketProps, key: IKey | undefined): Bucket {
    return new Bucket(this, 'Bucket', {
      bucketName: props.bucketName,
      bucketNamePrefix: props.bucketNamePrefix,
      bucketNamespace: props.bucketNamePrefix === undefined ? undefined : BucketNamespace.ACCOUNT_REGIONAL,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      blockedEncryptionTypes: [BlockedEncryptionType.SSE_C],
      bucketKeyEnabled: key === undefined ? undefined : true,
      encryption: key === undefined ? BucketEncryption.S3_MANAGED : BucketEncryption.KMS,
      encryptionKey: key,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      versioned: true,
      removalPolicy: removalPolicyOf(props),
      lifecycleRules: [
        {
          id: 'ExpireOldVersions',
          abortIncompleteMultipartUploadAfter: Duration.days(7),
          noncurrentVersionExpiration: props.noncurrentVersionExpiration ?? Duration.days(90),
        },
      ],
    });
  }

  /** What the bucket construct of the CDK would do with a custom resource, or depending on a feature flag. */
  private addDefaults(bucket: Bucket, props: DataBucketProps): void {
    const prefix = `${ACCESS_LOGS_PREFIX}${this.node.path}/`;
    const logs = props.accessLogsBucket ?? this.addLogBucket(prefix, props);
    const resource = bucket.node.defaultChild as CfnBucket;
    resource.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
    resource.loggingConfiguration = { destinationBucketName: logs.bucketName, logFilePrefix: prefix };
    // S3 refuses a destination that it may not write to yet
    if (logs.policy !== undefined) {
      resource.node.addDependency(logs.policy);
    }
  }

  private addLogBucket(prefix: string, props: DataBucketProps): IBucket {
    const logs = new LogBucket(this, 'AccessLogs', props);
    logs.allowAccessLogs(prefix);
    return logs.bucket;
  }

  private addPolicy(bucket: Bucket, props: DataBucketProps): BucketPolicy {
    const { accessList } = props;
    const policy = new BucketPolicy(this, 'Policy', {
      bucket,
      document: new DerivedPolicyDocument(() =>
        bucketStatements(
          {
            accessList,
            bucketArn: bucket.bucketArn,
            vpcEndpointIds: accessList.vpcEndpointIds,
            keyArn: bucket.encryptionKey?.keyArn,
            deploymentRoleArns: deploymentRoleArns(Stack.of(this)),
            taskRoles: tasksOf(bucket),
          },
          this.grantsIn(accessList).map(({ role }) => role),
        ),
      ),
      removalPolicy: removalPolicyOf(props),
    });
    bucket.policy = policy;
    return policy;
  }

  private grantsIn(accessList: AccessList) {
    return accessList._allGrants.filter(({ bucket }) => bucket.node.path === this.bucket.node.path);
  }

  /** What can only be known when the whole tree is there. */
  private problems(accessList: AccessList): string[] {
    const grants = this.grantsIn(accessList);
    return [
      ...(grants.length > 0
        ? []
        : [
            {
              prop: 'accessList',
              got: [],
              allowed: 'a list that grants a role something in this bucket',
              fix: 'call accessList.allow for the bucket',
            },
          ]),
      ...(accessList.vpcEndpointIds.length > 0
        ? []
        : [
            {
              prop: 'accessList',
              got: [],
              allowed: 'a list with an S3 endpoint',
              fix: 'make an S3Endpoint with the list',
            },
          ]),
      ...handlerProblems(this.bucket, accessList),
      ...deliveryProblems('bucket', this.bucket, accessList.perimeterExemptions),
      ...sizeProblems(
        this,
        this.policy.document,
        POLICY_LIMITS.bucketPolicy,
        'exempt fewer principals, or let fewer roles share the bucket',
      ),
    ].map(problem => describe(this, problem));
  }
}

/** What S3 calls the requests to all objects of a bucket. */
const ALL_OBJECTS = 'EntireBucket';

/** `bucket.addEventNotification` replaces the whole configuration at deployment, that of the resource included. */
function keepEventBridge(bucket: Bucket): void {
  if (bucket.node.tryFindChild('Notifications') !== undefined) {
    bucket.enableEventBridgeNotification();
  }
}
