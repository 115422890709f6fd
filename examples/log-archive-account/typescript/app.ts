import { App, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { Effect, PolicyStatement, Role, ServicePrincipal, StarPrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import {
  BucketAccess,
  DataBucketPolicy,
  DataBucketSource,
  PrivateEc2S3Access,
  RemoteWorkload,
} from 'cdk-private-ec2-s3-access';

const app = new App();
const logArchive = new Stack(app, 'LogArchive', { env: { account: '444455556666', region: 'eu-west-1' } });
const application = new Stack(app, 'LogArchiveApplication', { env: { account: '111122223333', region: 'eu-west-1' } });
application.addStackDependency(logArchive);

const key = new Key(logArchive, 'Key', { enableKeyRotation: true });
key.addToResourcePolicy(
  new PolicyStatement({
    sid: 'DenyGrantsExceptForAwsResources',
    effect: Effect.DENY,
    principals: [new StarPrincipal()],
    actions: ['kms:CreateGrant'],
    resources: ['*'],
    conditions: { BoolIfExists: { 'aws:PrincipalIsAWSService': 'false', 'kms:GrantIsForAWSResource': 'false' } },
  }),
);
const archive = new Bucket(logArchive, 'Archive', {
  bucketName: 'example-log-archive',
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  encryptionKey: key,
  bucketKeyEnabled: true,
  versioned: true,
  lifecycleRules: [
    { noncurrentVersionExpiration: Duration.days(90), abortIncompleteMultipartUploadAfter: Duration.days(7) },
  ],
  removalPolicy: RemovalPolicy.RETAIN,
});

const workload = new PrivateEc2S3Access(application, 'App', {
  role: new Role(application, 'Role', {
    assumedBy: new ServicePrincipal('ec2.amazonaws.com'),
    roleName: 'Exporter',
    path: '/export/',
  }),
  dataBuckets: { Archive: DataBucketSource.fromBucket(archive, { access: [BucketAccess.writeOnly('app/')] }) },
});

new DataBucketPolicy(logArchive, 'ArchivePolicy', {
  bucket: archive,
  workloads: [RemoteWorkload.fromWorkload(workload, 'Archive')],
});

const OWNERS_CHOICE =
  'a second copy, retention that nobody can shorten, logs and notifications are decisions of the data owner';
Validations.of(archive).acknowledge(
  ...[
    'AwsSolutions::AwsSolutions-S1',
    'NIST.800.53.R5::NIST.800.53.R5-S3BucketLoggingEnabled',
    'cdk-validator-cfnguard::s3_bucket_logging_enabled_check',
    'NIST.800.53.R5::NIST.800.53.R5-S3BucketReplicationEnabled',
    'cdk-validator-cfnguard::s3_bucket_object_lock_enabled_check',
    'cdk-validator-cfnguard::s3_event_notifications_enabled_check',
  ].map(id => ({ id, reason: OWNERS_CHOICE })),
);
