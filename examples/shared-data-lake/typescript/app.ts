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
const dataLake = new Stack(app, 'DataLake', { env: { account: '444455556666', region: 'eu-west-1' } });

const key = new Key(dataLake, 'Key', { enableKeyRotation: true });
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
const lake = new Bucket(dataLake, 'Lake', {
  bucketName: 'example-data-lake',
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

/** A workload of another account, which reaches the lake through an access point of its own. */
function workload(name: string, account: string, access: BucketAccess[]): PrivateEc2S3Access {
  const stack = new Stack(app, `DataLake${name}`, { env: { account, region: 'eu-west-1' } });
  stack.addStackDependency(dataLake);
  return new PrivateEc2S3Access(stack, 'App', {
    role: new Role(stack, 'Role', {
      assumedBy: new ServicePrincipal('ec2.amazonaws.com'),
      roleName: name,
      path: '/lake/',
    }),
    dataBuckets: { Lake: DataBucketSource.fromBucket(lake, { access, accessPointName: `lake-${name.toLowerCase()}` }) },
  });
}

const workloads = [
  workload('Ingest', '111122223333', [BucketAccess.writeOnly('raw/')]),
  workload('Analytics', '777788889999', [BucketAccess.readOnly('raw/'), BucketAccess.readWrite('results/')]),
];

new DataBucketPolicy(dataLake, 'LakePolicy', {
  bucket: lake,
  workloads: workloads.map(each => RemoteWorkload.fromWorkload(each, 'Lake')),
});

const OWNERS_CHOICE =
  'a second copy, retention that nobody can shorten, logs and notifications are decisions of the data owner';
Validations.of(lake).acknowledge(
  ...[
    'AwsSolutions::AwsSolutions-S1',
    'NIST.800.53.R5::NIST.800.53.R5-S3BucketLoggingEnabled',
    'cdk-validator-cfnguard::s3_bucket_logging_enabled_check',
    'NIST.800.53.R5::NIST.800.53.R5-S3BucketReplicationEnabled',
    'cdk-validator-cfnguard::s3_bucket_object_lock_enabled_check',
    'cdk-validator-cfnguard::s3_event_notifications_enabled_check',
  ].map(id => ({ id, reason: OWNERS_CHOICE })),
);
