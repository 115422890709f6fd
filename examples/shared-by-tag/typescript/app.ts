import { App, Duration, RemovalPolicy, Stack, Tags, Validations } from 'aws-cdk-lib';
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

const organization = { organizationId: 'o-a1b2c3d4e5' };

const app = new App();
const sharing = new Stack(app, 'TeamData', { env: { account: '444455556666', region: 'eu-west-1' } });

const key = new Key(sharing, 'Key', { enableKeyRotation: true });
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
const shared = new Bucket(sharing, 'Shared', {
  bucketName: 'example-team-data',
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
new DataBucketPolicy(sharing, 'SharedPolicy', {
  bucket: shared,
  workloads: [
    RemoteWorkload.fromPrincipalTag({
      tagKey: 'team',
      rolePath: '/teams/',
      accounts: ['111122223333', '777788889999'],
      organization,
      access: [BucketAccess.readWrite('teams/')],
    }),
  ],
});

/** The workload of a team: the tag of its role names the prefix that the bucket's policy lets it into. */
function team(name: string, account: string): void {
  const stack = new Stack(app, `TeamData${name}`, { env: { account, region: 'eu-west-1' } });
  stack.addStackDependency(sharing);
  const prefix = name.toLowerCase();
  const { role } = new PrivateEc2S3Access(stack, 'App', {
    organization,
    role: new Role(stack, 'Role', {
      assumedBy: new ServicePrincipal('ec2.amazonaws.com'),
      roleName: `Team${name}`,
      path: '/teams/',
    }),
    dataBuckets: {
      Shared: DataBucketSource.fromBucket(shared, { access: [BucketAccess.readWrite(`teams/${prefix}/`)] }),
    },
  });
  Tags.of(role).add('team', prefix);
}

team('Blue', '111122223333');
team('Green', '777788889999');

const OWNERS_CHOICE =
  'a second copy, retention that nobody can shorten, logs and notifications are decisions of the data owner';
Validations.of(shared).acknowledge(
  ...[
    'AwsSolutions::AwsSolutions-S1',
    'NIST.800.53.R5::NIST.800.53.R5-S3BucketLoggingEnabled',
    'cdk-validator-cfnguard::s3_bucket_logging_enabled_check',
    'NIST.800.53.R5::NIST.800.53.R5-S3BucketReplicationEnabled',
    'cdk-validator-cfnguard::s3_bucket_object_lock_enabled_check',
    'cdk-validator-cfnguard::s3_event_notifications_enabled_check',
  ].map(id => ({ id, reason: OWNERS_CHOICE })),
);
