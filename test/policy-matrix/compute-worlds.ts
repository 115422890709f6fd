import { Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { Setting, Thing, WorldOf } from './setting';
import { OWNER_ACCOUNT } from './world';
import {
  AwsOwnedBucket,
  BucketAccess,
  Compute,
  DataBucketSource,
  DataEncryption,
  PerimeterExemption,
  PrivateEc2S3Access,
  S3EndpointMode,
} from '../../src';
import { ACCOUNT, DELEGATED, DeployedStack, REGION } from '../support/deployed';
import { required } from '../support/required';
import { workload } from '../support/resources';

const ENV = { account: ACCOUNT, region: REGION };
const VOLUME_KEY = `arn:aws:kms:${REGION}:${ACCOUNT}:key/volumes`;
const BOOTSTRAP_KEY = `arn:aws:kms:${REGION}:${ACCOUNT}:key/bootstrap`;
const BOOTSTRAP: Record<string, Thing> = {
  Bootstrap: { arn: `arn:aws:s3:::cdk-hnb659fds-assets-${ACCOUNT}-${REGION}` },
};

const withCompute = (compute: Compute): Setting => ({
  stack: new DeployedStack(stack => void workload(stack, { compute })),
});

function fleet(): Setting {
  const stack = new DeployedStack(
    each =>
      void workload(each, {
        compute: Compute.fleet({
          minCapacity: 2,
          maxCapacity: 4,
          volumeEncryptionKey: Key.fromKeyArn(each, 'Volumes', VOLUME_KEY),
        }),
      }),
  );
  return { stack, kmsKeys: { Volumes: { arn: VOLUME_KEY, policy: DELEGATED } } };
}

/** The objects of the bootstrap bucket that the role reads, and that it does not. */
function bootstrap(stack: DeployedStack, setup: Asset, other: Asset): Setting {
  return { stack, buckets: BOOTSTRAP, names: { SETUP: setup.s3ObjectKey, OTHER: other.s3ObjectKey } };
}

const assetsOf = (stack: Stack) => [
  new Asset(stack, 'Setup', { path: __filename }),
  new Asset(stack, 'Other', { path: `${__dirname}/world.ts` }),
];

function userDataAssets(): Setting {
  let [setup, other]: Asset[] = [];
  const stack = new DeployedStack(each => {
    [setup, other] = assetsOf(each);
    workload(each, { compute: Compute.instance({ userDataAssets: [setup] }) });
  }, ENV);
  return bootstrap(stack, setup, other);
}

/** Two workloads that share an endpoint, and a bucket of the first. */
function sharedEndpoint(): Setting {
  let [setup, other]: Asset[] = [];
  const stack = new DeployedStack(each => {
    [setup, other] = assetsOf(each);
    const common = {
      accessLogsBucket: new Bucket(each, 'Logs'),
      encryption: DataEncryption.s3Managed(),
      organization: { organizationId: 'o-a1b2c3d4e5' },
      perimeterExemptions: [PerimeterExemption.roleArn(`arn:aws:iam::${ACCOUNT}:role/deploy/Deployer`)],
    };
    const first = new PrivateEc2S3Access(each, 'First', {
      ...common,
      awsOwnedBuckets: [AwsOwnedBucket.ssmAgent()],
      compute: Compute.instance({
        userDataAssets: [setup],
        userDataAssetsKey: Key.fromKeyArn(each, 'BootstrapKey', BOOTSTRAP_KEY),
      }),
      dataBuckets: {
        Mine: DataBucketSource.create({ access: [BucketAccess.readWrite()] }),
        Ours: DataBucketSource.create({ access: [BucketAccess.writeOnly('raw/')] }),
      },
    });
    new PrivateEc2S3Access(each, 'Second', {
      ...common,
      vpc: first.vpc,
      s3Endpoint: S3EndpointMode.shared(first),
      dataBuckets: {
        Yours: DataBucketSource.create({ access: [BucketAccess.readWrite()] }),
        Ours: DataBucketSource.fromBucket(first.dataBucket('Ours'), { access: [BucketAccess.readOnly('raw/')] }),
      },
    });
  }, ENV);
  const roleId = (part: string) => stack.id('AWS::IAM::Role', part);
  return {
    ...bootstrap(stack, setup, other),
    roles: { workload: stack.arn(roleId('FirstRole')), 'second workload': stack.arn(roleId('SecondRole')) },
    policies: {
      workload: stack.rolePolicies(roleId('FirstRole')),
      'second workload': stack.rolePolicies(roleId('SecondRole')),
    },
    kmsKeys: { Bootstrap: { arn: BOOTSTRAP_KEY, policy: DELEGATED } },
  };
}

/** Buckets for logs, in this stack. */
function ownLogs(): Setting {
  return {
    stack: new DeployedStack(
      stack =>
        void workload(stack, {
          accessLogsBucket: new Bucket(stack, 'TheirAccessLogs'),
          flowLogsBucket: new Bucket(stack, 'TheirFlowLogs', {
            encryption: BucketEncryption.KMS,
            encryptionKey: new Key(stack, 'FlowLogKey'),
          }),
        }),
      ENV,
    ),
  };
}

/** The bucket of a log archive account, whose owner did what the construct asks for. */
function archivedLogs(): Setting {
  let app!: PrivateEc2S3Access;
  const [account, bucketArn, keyArn] = [
    OWNER_ACCOUNT,
    'arn:aws:s3:::example-flow-logs',
    `arn:aws:kms:${REGION}:${OWNER_ACCOUNT}:key/flow-logs`,
  ];
  const stack = new DeployedStack(each => {
    app = workload(each, {
      flowLogsBucket: Bucket.fromBucketAttributes(each, 'FlowLogs', {
        bucketArn,
        account,
        encryptionKey: Key.fromKeyArn(each, 'FlowLogKey', keyArn),
      }),
    });
  }, ENV);
  return {
    stack,
    buckets: { FlowLogs: { arn: bucketArn, account, policy: stack.document(required(app, 'BUCKET')) } },
    kmsKeys: { FlowLogs: { arn: keyArn, account, policy: stack.document(required(app, 'KEY')) } },
  };
}

/** What the workload runs on, and where its logs go. */
export const COMPUTE_WORLDS = {
  fleet: { options: ['Compute.fleet', 'InstanceOptions.volumeEncryptionKey'], setting: fleet },
  container: { options: ['Compute.container'], setting: () => withCompute(Compute.container()) },
  'instances elsewhere': {
    options: ['Compute.instanceProfile'],
    setting: () => withCompute(Compute.instanceProfile()),
  },
  'user data assets': { options: ['InstanceOptions.userDataAssets'], setting: userDataAssets },
  'shared endpoint': {
    options: ['InstanceOptions.userDataAssetsKey', 'S3EndpointMode.shared'],
    setting: sharedEndpoint,
  },
  'log buckets': {
    options: ['PrivateEc2S3AccessProps.accessLogsBucket', 'PrivateEc2S3AccessProps.flowLogsBucket'],
    setting: ownLogs,
  },
  'log archive': { options: ['PrivateEc2S3AccessProps.flowLogsBucket'], setting: archivedLogs },
} satisfies Record<string, WorldOf>;
