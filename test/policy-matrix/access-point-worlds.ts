import { Stack } from 'aws-cdk-lib';
import { Bucket, IBucket } from 'aws-cdk-lib/aws-s3';
import type { Setting, WorldOf } from './setting';
import { OWNER_ACCOUNT } from './world';
import { BucketAccess, DataBucketPolicy, DataBucketSource, PrivateEc2S3Access, RemoteWorkload } from '../../src';
import { PolicyJson } from '../../src/iam';
import { ACCOUNT, DeployedStack, REGION } from '../support/deployed';
import { AccessList, PrivateNetwork, S3Endpoint, WorkloadRole } from '../support/parts';

const LAKE = 'arn:aws:s3:::example-lake';
const ROLE = { roleName: 'Ingest', path: '/lake/' };
const WAY = {
  access: [BucketAccess.readOnly('shared/'), BucketAccess.writeOnly('raw/')],
  accessPointName: 'lake-ingest',
};

/** The bucket in the stack of a workload. */
function imported(stack: Stack, account: string): IBucket {
  return Bucket.fromBucketAttributes(stack, 'Lake', { bucketArn: LAKE, account, region: REGION });
}

/** The workload's own stack, which names the bucket of another account and the access point. */
function ingest(stack: Stack): void {
  new PrivateEc2S3Access(stack, 'App', {
    role: new WorkloadRole(stack, 'Role', ROLE),
    dataBuckets: { Lake: DataBucketSource.fromBucket(imported(stack, OWNER_ACCOUNT), WAY) },
    proveAtSynthesis: false,
  });
}

/** The same by hand, for a bucket of the same account. */
function ingestByHand(stack: Stack): void {
  const accessList = new AccessList();
  const role = new WorkloadRole(stack, 'Role', { ...ROLE, accessList });
  new S3Endpoint(stack, 'S3Endpoint', { accessList, vpc: new PrivateNetwork(stack, 'Network').vpc });
  accessList.allow({ ...WAY, role, bucket: imported(stack, ACCOUNT) });
}

function lake(stack: Stack): Bucket {
  return new Bucket(stack, 'Lake', { bucketName: 'example-lake' });
}

function ownedBy(owner: DeployedStack, account: string): Pick<Setting, 'buckets'> {
  const policy = owner.property<PolicyJson>(owner.id('AWS::S3::AccessPoint'), 'Policy');
  return {
    buckets: {
      Lake: { arn: LAKE, account, policy: owner.bucketPolicy('Lake') },
      Point: { arn: `arn:aws:s3:${REGION}:${account}:accesspoint/lake-ingest`, account, policy },
    },
  };
}

/** Plain data goes from one app to the other. */
function ofAnotherAccount(): Setting {
  const stack = new DeployedStack(ingest, { account: ACCOUNT, region: REGION });
  const vpcEndpointIds = [stack.ref(stack.id('AWS::EC2::VPCEndpoint', 'S3Endpoint'))];
  const owner = new DeployedStack(
    each =>
      void new DataBucketPolicy(each, 'Policy', {
        bucket: lake(each),
        workloads: [
          RemoteWorkload.fromAttributes({
            roleArn: `arn:aws:iam::${ACCOUNT}:role/lake/Ingest`,
            ...WAY,
            vpcEndpointIds,
          }),
        ],
      }),
    { account: OWNER_ACCOUNT, region: REGION },
  );
  return { stack, ...ownedBy(owner, OWNER_ACCOUNT) };
}

/** Another app of the same account tells its role and its endpoint. */
function ofTheAccount(): Setting {
  const stack = new DeployedStack(ingestByHand, { account: ACCOUNT, region: REGION });
  const vpcEndpointIds = [stack.ref(stack.id('AWS::EC2::VPCEndpoint', 'S3Endpoint'))];
  const owner = new DeployedStack(
    each =>
      void new DataBucketPolicy(each, 'Policy', {
        bucket: lake(each),
        workloads: [
          RemoteWorkload.fromAttributes({ roleArn: stack.arn(stack.id('AWS::IAM::Role')), ...WAY, vpcEndpointIds }),
        ],
      }),
    { account: ACCOUNT, region: REGION },
  );
  return { stack, ...ownedBy(owner, ACCOUNT) };
}

/** The endpoint lets everything through: what is left is the role's own policies. */
function behindAnOpenEndpoint(): Setting {
  const setting = ofTheAccount();
  const id = setting.stack.ref(setting.stack.id('AWS::EC2::VPCEndpoint', 'S3Endpoint'));
  const policy: PolicyJson = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
  };
  return { ...setting, endpoints: { s3: { id, kind: 'gateway', policy } } };
}

/** Workloads that reach a bucket through access points of their own. */
export const ACCESS_POINT_WORLDS = {
  'access point of another account': {
    options: ['ExistingDataBucketProps.accessPointName', 'RemoteWorkloadAttributes.accessPointName'],
    setting: ofAnotherAccount,
  },
  'access point of the account': { options: [], setting: ofTheAccount },
  'access point behind an open endpoint': { options: [], setting: behindAnOpenEndpoint },
} satisfies Record<string, WorldOf>;
