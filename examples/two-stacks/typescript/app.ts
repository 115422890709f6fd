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
const storage = new Stack(app, 'TwoStacksStorage');
const compute = new Stack(app, 'TwoStacksWorkload');

const key = new Key(storage, 'Key', { enableKeyRotation: true });
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
const models = new Bucket(storage, 'Models', {
  bucketName: 'example-models',
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

const workload = new PrivateEc2S3Access(compute, 'App', {
  role: new Role(compute, 'Role', {
    assumedBy: new ServicePrincipal('ec2.amazonaws.com'),
    roleName: 'ModelTraining',
    path: '/training/',
  }),
  dataBuckets: { Models: DataBucketSource.fromBucket(models, { access: [BucketAccess.readWrite()] }) },
});

new DataBucketPolicy(storage, 'ModelsPolicy', {
  bucket: models,
  workloads: [RemoteWorkload.fromWorkload(workload, 'Models')],
  networkPerimeter: true,
});

const OWNERS_CHOICE =
  'a second copy, retention that nobody can shorten, logs and notifications are decisions of the data owner';
Validations.of(models).acknowledge(
  ...[
    'AwsSolutions::AwsSolutions-S1',
    'NIST.800.53.R5::NIST.800.53.R5-S3BucketLoggingEnabled',
    'cdk-validator-cfnguard::s3_bucket_logging_enabled_check',
    'NIST.800.53.R5::NIST.800.53.R5-S3BucketReplicationEnabled',
    'cdk-validator-cfnguard::s3_bucket_object_lock_enabled_check',
    'cdk-validator-cfnguard::s3_event_notifications_enabled_check',
  ].map(id => ({ id, reason: OWNERS_CHOICE })),
);
