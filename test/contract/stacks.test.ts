import { App, Environment, PhysicalName, Stack } from 'aws-cdk-lib';
import { GatewayVpcEndpointAwsService, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Effect, ManagedPolicy, Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import {
  BucketAccess,
  DataBucketPolicy,
  DataBucketSource,
  DataEncryption,
  PrivateEc2S3Access,
  PrivateEc2S3AccessProps,
  RemoteWorkload,
  S3EndpointMode,
} from '../../src';
import { WorkloadRole } from '../support/parts';
import { required } from '../support/required';
import { IRELAND, OTHER_ACCOUNT } from '../support/resources';
import { validated } from '../support/validated';

/** The stack that owns something, and the stack of the workload. */
interface Stacks {
  readonly owner: Stack;
  readonly stack: Stack;
}

interface Combination {
  readonly name: string;
  readonly define: (stacks: Stacks) => void;
  /** Which stack the CDK deploys first, because the other one needs it. */
  readonly first: 'owner' | 'workload' | 'either';
}

const WRITE = { access: [BucketAccess.writeOnly('app/')] };
const THROUGH = { ...WRITE, accessPointName: 'archive-app' };
const NAME = 'example-archive';
const EC2 = { assumedBy: new ServicePrincipal('ec2.amazonaws.com') };
const ISOLATED = {
  maxAzs: 2,
  natGateways: 0,
  subnetConfiguration: [{ name: 'Isolated', subnetType: SubnetType.PRIVATE_ISOLATED }],
};

function workload({ stack }: Stacks, props: Partial<PrivateEc2S3AccessProps> = {}): PrivateEc2S3Access {
  return new PrivateEc2S3Access(stack, 'App', { dataBuckets: { Own: DataBucketSource.create(WRITE) }, ...props });
}

/** The stack of the workload refers to the bucket. */
function refersToBucket(
  stacks: Stacks,
  bucket: Bucket,
  props: Partial<PrivateEc2S3AccessProps> = {},
): PrivateEc2S3Access {
  return workload(stacks, { dataBuckets: { Archive: DataBucketSource.fromBucket(bucket, WRITE) }, ...props });
}

/** The stack of the workload names the bucket. */
function namesBucket(stacks: Stacks, props: Partial<PrivateEc2S3AccessProps> = {}): PrivateEc2S3Access {
  const theirs = Bucket.fromBucketAttributes(stacks.stack, 'Archive', {
    bucketName: NAME,
    account: stacks.owner.account,
  });
  return workload(stacks, { dataBuckets: { Archive: DataBucketSource.fromBucket(theirs, WRITE) }, ...props });
}

function namedRole({ stack }: Stacks): WorkloadRole {
  return new WorkloadRole(stack, 'Role', { roleName: 'Worker', path: '/myapp/' });
}

function archive({ owner }: Stacks, encryption?: BucketEncryption): Bucket {
  return new Bucket(owner, 'Archive', { bucketName: NAME, encryption });
}

/** The stack of the owner makes the access point of a workload. */
const ACCESS_POINTS: readonly Combination[] = [
  {
    name: 'an access point of a bucket with a name that the stack of the workload refers to',
    first: 'either',
    define: stacks => {
      const bucket = archive(stacks);
      const app = refersToBucket(stacks, bucket, {
        role: namedRole(stacks),
        dataBuckets: { Archive: DataBucketSource.fromBucket(bucket, THROUGH) },
      });
      new DataBucketPolicy(stacks.owner, 'Policy', {
        bucket,
        workloads: [RemoteWorkload._fromAccessList(app._accessList, bucket)],
        networkPerimeter: true,
      });
    },
  },
  {
    name: 'an access point of a bucket that the stack of the workload names',
    first: 'workload',
    define: stacks => {
      const theirs = Bucket.fromBucketAttributes(stacks.stack, 'Archive', {
        bucketName: NAME,
        account: stacks.owner.account,
      });
      const { _accessList: accessList } = workload(stacks, {
        role: namedRole(stacks),
        dataBuckets: { Archive: DataBucketSource.fromBucket(theirs, THROUGH) },
      });
      new DataBucketPolicy(stacks.owner, 'Policy', {
        bucket: archive(stacks),
        workloads: [RemoteWorkload._fromAccessList(accessList, theirs)],
      });
    },
  },
];

const ONE_ACCOUNT: readonly Combination[] = [
  ...ACCESS_POINTS,
  {
    name: 'a bucket of another stack',
    first: 'owner',
    define: stacks => void refersToBucket(stacks, new Bucket(stacks.owner, 'Archive')),
  },
  {
    name: 'a bucket of another stack with its key',
    first: 'owner',
    define: stacks =>
      void refersToBucket(stacks, new Bucket(stacks.owner, 'Archive', { encryption: BucketEncryption.KMS })),
  },
  {
    name: 'a bucket of another stack, which adds the perimeter and is deployed first',
    first: 'owner',
    define: stacks => {
      const bucket = new Bucket(stacks.owner, 'Archive', { encryption: BucketEncryption.KMS });
      const app = refersToBucket(stacks, bucket, { role: namedRole(stacks) });
      const workloads = [RemoteWorkload.fromWorkload(app, 'Archive')];
      new DataBucketPolicy(stacks.owner, 'Policy', { bucket, workloads, networkPerimeter: true });
    },
  },
  {
    name: 'a bucket of another stack, which adds the perimeter and is deployed last',
    first: 'workload',
    define: stacks => {
      const app = namesBucket(stacks);
      const workloads = [RemoteWorkload.fromWorkload(app, 'Archive')];
      new DataBucketPolicy(stacks.owner, 'Policy', { bucket: archive(stacks), workloads, networkPerimeter: true });
    },
  },
  {
    name: 'a key of another stack',
    first: 'owner',
    define: stacks => void workload(stacks, { encryption: DataEncryption.existingKey(new Key(stacks.owner, 'Key')) }),
  },
  {
    name: 'a VPC of another stack',
    first: 'owner',
    define: stacks => void workload(stacks, { vpc: new Vpc(stacks.owner, 'Vpc', ISOLATED) }),
  },
  {
    name: 'a VPC and an endpoint of another stack, which adds what the endpoint must let through',
    first: 'owner',
    define: stacks => {
      const vpc = new Vpc(stacks.owner, 'Vpc', ISOLATED);
      const endpoint = vpc.addGatewayEndpoint('S3', { service: GatewayVpcEndpointAwsService.S3 });
      const app = workload(stacks, {
        vpc,
        s3Endpoint: S3EndpointMode.fromGatewayEndpoint(endpoint),
        role: namedRole(stacks),
        dataBuckets: { Own: DataBucketSource.create({ ...WRITE, bucketName: 'example-own' }) },
      });
      required(app, 'VPC_ENDPOINT').forEach(statement => endpoint.addToPolicy(statement));
    },
  },
  {
    name: 'a role of another stack',
    first: 'owner',
    define: stacks => void workload(stacks, { role: new Role(stacks.owner, 'Role', EC2) }),
  },
  {
    name: 'a role of another stack, with what it needs attached by the stack of the workload',
    first: 'owner',
    define: stacks => {
      const role = new Role(stacks.owner, 'Role', EC2);
      const app = workload(stacks, { role });
      new ManagedPolicy(stacks.stack, 'RolePolicy', { statements: required(app, 'ROLE'), roles: [role] });
    },
  },
  {
    name: 'a log bucket of another stack',
    first: 'owner',
    define: stacks => {
      const logs = new Bucket(stacks.owner, 'Logs');
      const app = workload(stacks, { accessLogsBucket: logs, flowLogsBucket: logs });
      required(app, 'BUCKET').forEach(statement => logs.addToResourcePolicy(statement));
    },
  },
  {
    name: 'another stack that is granted something beside S3',
    first: 'workload',
    define: stacks => {
      const { role } = workload(stacks);
      const statement = new PolicyStatement({
        effect: Effect.ALLOW,
        actions: ['sqs:SendMessage'],
        resources: ['arn:aws:sqs:eu-west-1:111122223333:jobs'],
      });
      new Policy(stacks.owner, 'Other', {
        roles: [new Role(stacks.owner, 'Role', { ...EC2, description: role.roleArn })],
        statements: [statement],
      });
    },
  },
];

/** Between accounts the CDK records no dependency: names, and outputs that are read at deployment, cross them. */
const TWO_ACCOUNTS: readonly Combination[] = [
  ...ACCESS_POINTS.map(({ define, name }): Combination => ({ name, define, first: 'either' })),
  {
    name: 'a bucket of another account, whose stack is deployed first',
    first: 'either',
    define: stacks => {
      const bucket = archive(stacks);
      const app = refersToBucket(stacks, bucket, { role: namedRole(stacks) });
      new DataBucketPolicy(stacks.owner, 'Policy', {
        bucket,
        workloads: [RemoteWorkload._fromAccessList(app._accessList, bucket)],
      });
    },
  },
  {
    name: 'a bucket of another account with a generated name, whose stack is deployed first',
    first: 'either',
    define: stacks => {
      const bucket = new Bucket(stacks.owner, 'Archive', { bucketName: PhysicalName.GENERATE_IF_NEEDED });
      const app = refersToBucket(stacks, bucket, { role: namedRole(stacks) });
      new DataBucketPolicy(stacks.owner, 'Policy', {
        bucket,
        workloads: [RemoteWorkload._fromAccessList(app._accessList, bucket)],
      });
    },
  },
  {
    name: 'a bucket of another account with its key, whose stack is deployed first',
    first: 'either',
    define: stacks => {
      const bucket = archive(stacks, BucketEncryption.KMS);
      const app = refersToBucket(stacks, bucket, { role: namedRole(stacks) });
      new DataBucketPolicy(stacks.owner, 'Policy', {
        bucket,
        workloads: [RemoteWorkload._fromAccessList(app._accessList, bucket)],
        networkPerimeter: true,
      });
    },
  },
  {
    name: 'a bucket of another account, whose stack is deployed last',
    first: 'either',
    define: stacks => {
      const app = namesBucket(stacks, { role: namedRole(stacks) });
      new DataBucketPolicy(stacks.owner, 'Policy', {
        bucket: archive(stacks),
        workloads: [RemoteWorkload.fromWorkload(app, 'Archive')],
      });
    },
  },
  {
    name: 'a bucket of another account and a role with a generated name, whose stack is deployed last',
    first: 'either',
    define: stacks => {
      const app = namesBucket(stacks, {
        role: new WorkloadRole(stacks.stack, 'Role', { roleName: PhysicalName.GENERATE_IF_NEEDED }),
      });
      new DataBucketPolicy(stacks.owner, 'Policy', {
        bucket: archive(stacks),
        workloads: [RemoteWorkload.fromWorkload(app, 'Archive')],
      });
    },
  },
  {
    name: 'a bucket of another account and a workload that is told by plain data',
    first: 'either',
    define: stacks => {
      namesBucket(stacks, { role: namedRole(stacks) });
      new DataBucketPolicy(stacks.owner, 'Policy', {
        bucket: archive(stacks),
        workloads: [
          RemoteWorkload.fromAttributes({ ...WRITE, roleArn: `arn:aws:iam::${IRELAND.account}:role/myapp/Worker` }),
        ],
      });
    },
  },
  {
    name: 'a bucket for flow logs of another account',
    first: 'either',
    define: stacks => {
      const logs = archive(stacks);
      const app = workload(stacks, { flowLogsBucket: logs });
      required(app, 'BUCKET').forEach(statement => logs.addToResourcePolicy(statement));
    },
  },
];

/** The combination in an app, with the stacks made in this order. */
function inApp(
  app: App,
  { define }: Combination,
  env: Environment | undefined,
  order: 'owner first' | 'workload first',
): Stacks {
  const owner = () => new Stack(app, 'Owner', { env });
  const training = () => new Stack(app, 'Training', { env: env && IRELAND });
  const made = order === 'owner first' ? [owner(), training()] : [training(), owner()];
  const [ownerStack, stack] = order === 'owner first' ? made : [made[1], made[0]];
  const stacks = { owner: ownerStack, stack };
  define(stacks);
  return stacks;
}

function check(combination: Combination, env: Environment | undefined, order: 'owner first' | 'workload first'): void {
  let stacks: Stacks | undefined;
  const { error, violations } = validated(app => {
    stacks = inApp(app, combination, env, order);
  });
  expect({ error, violations }).toEqual({ error: undefined, violations: [] });
  const needs = {
    owner: stacks!.stack.dependencies.includes(stacks!.owner),
    workload: stacks!.owner.dependencies.includes(stacks!.stack),
  };
  expect(needs).toEqual({ owner: combination.first === 'owner', workload: combination.first === 'workload' });
}

describe('two stacks of one account', () => {
  test.each(ONE_ACCOUNT.map(each => [each.name, each] as const))('%s', (_, combination) =>
    check(combination, IRELAND, 'owner first'),
  );

  test.each(ONE_ACCOUNT.slice(0, 6).map(each => [each.name, each] as const))(
    'without an environment, made in the other order: %s',
    (_, combination) => check(combination, undefined, 'workload first'),
  );
});

describe('two accounts', () => {
  test.each(TWO_ACCOUNTS.map(each => [each.name, each] as const))('%s', (_, combination) =>
    check(combination, { ...IRELAND, account: OTHER_ACCOUNT }, 'owner first'),
  );
});
