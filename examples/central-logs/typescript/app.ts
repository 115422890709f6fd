import { App, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { BucketAccess, DataBucketSource, PrivateEc2S3Access } from 'cdk-private-ec2-s3-access';

const app = new App();
const logArchive = new Stack(app, 'CentralLogs', { env: { account: '444455556666', region: 'eu-west-1' } });
const application = new Stack(app, 'CentralLogsApplication', { env: { account: '111122223333', region: 'eu-west-1' } });
application.addStackDependency(logArchive);

const flowLogs = new Bucket(logArchive, 'FlowLogs', {
  bucketName: 'example-flow-logs',
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  encryption: BucketEncryption.S3_MANAGED,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
  versioned: true,
  lifecycleRules: [
    { noncurrentVersionExpiration: Duration.days(90), abortIncompleteMultipartUploadAfter: Duration.days(7) },
  ],
  removalPolicy: RemovalPolicy.RETAIN,
});

const workload = new PrivateEc2S3Access(application, 'App', {
  flowLogsBucket: flowLogs,
  dataBuckets: { UserData: DataBucketSource.create({ access: [BucketAccess.readWrite()] }) },
});
workload.requiredPolicies
  .flatMap(({ statements }) => statements)
  .forEach(statement => flowLogs.addToResourcePolicy(statement));

const OWNERS_CHOICE =
  'a second copy, retention that nobody can shorten, logs and notifications are decisions of the data owner';
Validations.of(flowLogs).acknowledge(
  ...[
    'AwsSolutions::AwsSolutions-S1',
    'NIST.800.53.R5::NIST.800.53.R5-S3BucketLoggingEnabled',
    'cdk-validator-cfnguard::s3_bucket_logging_enabled_check',
    'NIST.800.53.R5::NIST.800.53.R5-S3BucketReplicationEnabled',
    'cdk-validator-cfnguard::s3_bucket_object_lock_enabled_check',
    'cdk-validator-cfnguard::s3_event_notifications_enabled_check',
    'NIST.800.53.R5::NIST.800.53.R5-S3DefaultEncryptionKMS',
    'cdk-validator-cfnguard::s3_bucket_default_encryption_kms_check',
  ].map(id => ({ id, reason: OWNERS_CHOICE })),
);
