import { Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { Setting, Thing, WorldOf } from './setting';
import { OWNER_ACCOUNT } from './world';
import {
  AccessList,
  AwsOwnedBucket,
  BucketAccess,
  Compute,
  DataBucket,
  DataEncryption,
  PerimeterExemption,
  PrivateEc2S3Access,
  PrivateNetwork,
  S3Endpoint,
  WorkloadRole,
} from '../../src';
import { ACCOUNT, DELEGATED, DeployedStack, REGION } from '../support/deployed';
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

/** Two workloads that share an endpoint, composed of the parts. */
function parts(): Setting {
  let [setup, other]: Asset[] = [];
  const stack = new DeployedStack(each => {
    [setup, other] = assetsOf(each);
    const accessList = new AccessList({
      awsOwnedBuckets: [AwsOwnedBucket.ssmAgent()],
      credentialBinding: true,
      organization: { organizationId: 'o-a1b2c3d4e5' },
      perimeterExemptions: [PerimeterExemption.roleArn(`arn:aws:iam::${ACCOUNT}:role/deploy/Deployer`)],
    });
    const role = new WorkloadRole(each, 'First', { accessList, roleName: 'First' });
    const second = new WorkloadRole(each, 'Second', { accessList, roleName: 'Second' });
    new S3Endpoint(each, 'S3Endpoint', { accessList, vpc: new PrivateNetwork(each, 'Network').vpc });
    const accessLogsBucket = new Bucket(each, 'Logs');
    const bucketOf = (id: string) =>
      new DataBucket(each, id, { accessList, accessLogsBucket, encryption: DataEncryption.s3Managed() }).bucket;
    accessList.allow({ role, bucket: bucketOf('Mine'), access: [BucketAccess.readWrite()] });
    accessList.allow({ role: second, bucket: bucketOf('Yours'), access: [BucketAccess.readWrite()] });
    accessList.allowAsset({ role, asset: setup, encryptionKey: Key.fromKeyArn(each, 'BootstrapKey', BOOTSTRAP_KEY) });
  }, ENV);
  const roleId = (part: string) => stack.id('AWS::IAM::Role', part);
  return {
    ...bootstrap(stack, setup, other),
    roles: { workload: stack.arn(roleId('First')), 'second workload': stack.arn(roleId('Second')) },
    policies: {
      workload: stack.rolePolicies(roleId('First')),
      'second workload': stack.rolePolicies(roleId('Second')),
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
    buckets: { FlowLogs: { arn: bucketArn, account, policy: stack.document(app.requiredLogBucketStatements) } },
    kmsKeys: { FlowLogs: { arn: keyArn, account, policy: stack.document(app.requiredLogKeyStatements) } },
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
  parts: {
    options: [
      'AccessListProps.awsOwnedBuckets',
      'AccessListProps.credentialBinding',
      'AccessListProps.organization',
      'AccessListProps.perimeterExemptions',
      'AccessGrant.access',
      'AccessGrant.bucket',
      'AccessGrant.role',
      'AssetGrant.asset',
      'AssetGrant.encryptionKey',
      'AssetGrant.role',
    ],
    setting: parts,
  },
  'log buckets': {
    options: ['PrivateEc2S3AccessProps.accessLogsBucket', 'PrivateEc2S3AccessProps.flowLogsBucket'],
    setting: ownLogs,
  },
  'log archive': { options: ['PrivateEc2S3AccessProps.flowLogsBucket'], setting: archivedLogs },
} satisfies Record<string, WorldOf>;
