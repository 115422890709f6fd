import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnKey, Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, BucketEncryption, IBucket } from 'aws-cdk-lib/aws-s3';
import type { Setting, WorldOf } from './setting';
import { ALLOW_ALL, OTHER_ACCOUNT, OWNER_ACCOUNT } from './world';
import {
  BucketAccess,
  DataBucketPolicy,
  DataBucketPolicyProps,
  DataBucketSource,
  DataEncryption,
  PerimeterExemption,
  PrivateEc2S3Access,
  RemoteWorkload,
  RemoteWorkloadAttributes,
} from '../../src';
import { PolicyJson } from '../../src/iam';
import { ACCOUNT, DELEGATED, DeployedStack, REGION } from '../support/deployed';
import { WorkloadRole } from '../support/parts';
import { required } from '../support/required';
import { workload } from '../support/resources';

const OWNER = { account: OWNER_ACCOUNT, region: REGION };
const EXPORTER = `arn:aws:iam::${ACCOUNT}:role/export/Exporter`;
const ARCHIVE = 'arn:aws:s3:::example-archive';
const THEIR_KEY = `arn:aws:kms:${REGION}:${ACCOUNT}:key/theirs`;

function existingKey(): Setting {
  const stack = new DeployedStack(
    each => void workload(each, { encryption: DataEncryption.existingKey(Key.fromKeyArn(each, 'Theirs', THEIR_KEY)) }),
    { account: ACCOUNT, region: REGION },
  );
  return { stack, kmsKeys: { '': { arn: THEIR_KEY, policy: DELEGATED } } };
}

/** Buckets of this stack, of elsewhere in the account, and of another account. */
function existingBuckets(): Setting {
  let app!: PrivateEc2S3Access;
  const stack = new DeployedStack(
    each => {
      const bucketOf = (id: string, account: string) =>
        Bucket.fromBucketAttributes(each, id, { bucketArn: `arn:aws:s3:::example-${id.toLowerCase()}`, account });
      const access = [BucketAccess.writeOnly('in/')];
      app = new PrivateEc2S3Access(each, 'App', {
        dataBuckets: {
          Ours: DataBucketSource.fromBucket(
            new Bucket(each, 'Ours', { encryption: BucketEncryption.KMS, encryptionKey: new Key(each, 'OurKey') }),
            { access },
          ),
          Elsewhere: DataBucketSource.fromBucket(bucketOf('Elsewhere', ACCOUNT), { access }),
          Foreign: DataBucketSource.fromBucket(bucketOf('Foreign', OWNER.account), { access }),
          Unready: DataBucketSource.fromBucket(bucketOf('Unready', OWNER.account), { access }),
        },
      });
    },
    { account: ACCOUNT, region: REGION },
  );
  const policy = stack.document(required(app, 'BUCKET'));
  return {
    stack,
    buckets: {
      Elsewhere: { arn: 'arn:aws:s3:::example-elsewhere' },
      Foreign: { arn: 'arn:aws:s3:::example-foreign', account: OWNER.account, policy },
      Unready: { arn: 'arn:aws:s3:::example-unready', account: OWNER.account },
    },
  };
}

/** The stack of a bucket that workloads of other accounts reach. */
function archive(stack: Stack): Bucket {
  const encryptionKey = new Key(stack, 'ArchiveKey');
  (encryptionKey.node.defaultChild as CfnKey).overrideLogicalId('ArchiveKey');
  return new Bucket(stack, 'Archive', {
    bucketName: 'example-archive',
    encryption: BucketEncryption.KMS,
    encryptionKey,
  });
}

function ownedBy(owner: DeployedStack): Pick<Setting, 'buckets' | 'kmsKeys'> {
  const key = owner.id('AWS::KMS::Key');
  return {
    buckets: { Archive: { arn: ARCHIVE, account: OWNER.account, policy: owner.bucketPolicy('Archive') } },
    kmsKeys: {
      Archive: { arn: owner.arn(key), account: OWNER.account, policy: owner.property<PolicyJson>(key, 'KeyPolicy') },
    },
  };
}

/** The bucket in the stack of a workload. */
function imported(stack: Stack): IBucket {
  const encryptionKey = Key.fromKeyArn(stack, 'ArchiveKey', `arn:aws:kms:${REGION}:${OWNER.account}:key/ArchiveKey`);
  return Bucket.fromBucketAttributes(stack, 'Archive', { bucketArn: ARCHIVE, account: OWNER.account, encryptionKey });
}

/** The workload's own stack, which names the bucket and its key. */
function exporter(stack: Stack): void {
  new PrivateEc2S3Access(stack, 'App', {
    role: new WorkloadRole(stack, 'Role', { roleName: 'Exporter', path: '/export/' }),
    dataBuckets: {
      Archive: DataBucketSource.fromBucket(imported(stack), { access: [BucketAccess.writeOnly('app/')] }),
    },
    proveAtSynthesis: false,
  });
}

/** Plain data goes from one app to the other. */
function remote(
  attributesOf: (endpointId: string) => Partial<RemoteWorkloadAttributes>,
  props: Partial<DataBucketPolicyProps> = {},
): () => Setting {
  return () => {
    const stack = new DeployedStack(exporter, { account: ACCOUNT, region: REGION });
    const endpointId = stack.ref(stack.id('AWS::EC2::VPCEndpoint', 'S3Endpoint'));
    const owner = new DeployedStack(
      each =>
        void new DataBucketPolicy(each, 'Policy', {
          bucket: archive(each),
          workloads: [
            RemoteWorkload.fromAttributes({
              roleArn: EXPORTER,
              access: [BucketAccess.writeOnly('app/')],
              ...attributesOf(endpointId),
            }),
          ],
          ...props,
        }),
      OWNER,
    );
    return { stack, ...ownedBy(owner) };
  };
}

/** Both stacks are of one app. */
function fromAccessList(): Setting {
  let owner!: Stack;
  const stack = new DeployedStack(
    each => {
      owner = new Stack(each.node.root as Stack, 'Owner', { env: OWNER });
      const bucket = archive(owner);
      const app = new PrivateEc2S3Access(each, 'App', {
        role: new WorkloadRole(each, 'Role', { roleName: 'Exporter', path: '/export/' }),
        dataBuckets: {
          Archive: DataBucketSource.fromBucket(imported(each), { access: [BucketAccess.writeOnly('app/')] }),
        },
        proveAtSynthesis: false,
      });
      new DataBucketPolicy(owner, 'Policy', {
        bucket,
        workloads: [RemoteWorkload.fromWorkload(app, 'Archive')],
      });
    },
    { account: ACCOUNT, region: REGION },
  );
  return { stack, ...ownedBy(new DeployedStack(owner)) };
}

/** A test stack, whose buckets a function of the CDK empties. */
function emptied(): Setting {
  const stack = new DeployedStack(
    each => void workload(each, { autoDeleteObjects: true, removalPolicy: RemovalPolicy.DESTROY }),
    { account: ACCOUNT, region: REGION },
  );
  const roles = {
    workload: stack.arn(stack.id('AWS::IAM::Role', 'App')),
    'task role': stack.arn(stack.id('AWS::IAM::Role', 'AutoDelete')),
  };
  return {
    stack,
    roles,
    policies: { workload: stack.rolePolicies(stack.id('AWS::IAM::Role', 'App')) },
  };
}

/** Where the data is, and how it is encrypted. */
export const STORAGE_WORLDS = {
  's3 managed': {
    options: ['PrivateEc2S3AccessProps.encryption', 'DataEncryption.s3Managed'],
    setting: () => ({
      stack: new DeployedStack(stack => void workload(stack, { encryption: DataEncryption.s3Managed() })),
    }),
  },
  'existing key': { options: ['DataEncryption.existingKey'], setting: existingKey },
  'existing buckets': {
    options: ['DataBucketSource.fromBucket', 'ExistingDataBucketProps.access'],
    setting: existingBuckets,
  },
  emptied: {
    options: ['PrivateEc2S3AccessProps.autoDeleteObjects', 'PrivateEc2S3AccessProps.removalPolicy'],
    setting: emptied,
  },
  'account-regional name': {
    options: ['NewDataBucketProps.bucketNamePrefix'],
    setting: () => ({
      stack: new DeployedStack(
        stack =>
          void workload(stack, {
            dataBuckets: {
              UserData: DataBucketSource.create({ access: [BucketAccess.readWrite('in/')], bucketNamePrefix: 'myapp' }),
            },
          }),
        { account: ACCOUNT, region: REGION },
      ),
    }),
  },
  'remote workload': {
    options: [
      'DataBucketPolicyProps.bucket',
      'DataBucketPolicyProps.workloads',
      'RemoteWorkload.fromAttributes',
      'RemoteWorkloadAttributes.access',
      'RemoteWorkloadAttributes.roleArn',
      'RemoteWorkloadAttributes.vpcEndpointIds',
    ],
    setting: remote(endpointId => ({ vpcEndpointIds: [endpointId] })),
  },
  'remote endpoint account': {
    options: ['RemoteWorkloadAttributes.vpcEndpointAccount'],
    setting: () => ({
      ...remote(() => ({ vpcEndpointAccount: OTHER_ACCOUNT }))(),
      policies: { workload: [ALLOW_ALL] },
    }),
  },
  'remote perimeter': {
    options: ['DataBucketPolicyProps.networkPerimeter', 'DataBucketPolicyProps.perimeterExemptions'],
    setting: remote(endpointId => ({ vpcEndpointIds: [endpointId] }), {
      networkPerimeter: true,
      perimeterExemptions: [PerimeterExemption.roleArn(`arn:aws:iam::${OWNER.account}:role/audit/Auditor`)],
    }),
  },
  'remote access list': { options: ['RemoteWorkload.fromWorkload'], setting: fromAccessList },
} satisfies Record<string, WorldOf>;
