import { App, Stack } from 'aws-cdk-lib';
import { InstancesDistribution, SpotAllocationStrategy, UpdatePolicy } from 'aws-cdk-lib/aws-autoscaling';
import { InstanceType, InterfaceVpcEndpoint, IpAddresses, PrefixList, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { ManagedPolicy, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { bad, BadInput, says } from './bad-input';
import {
  BucketAccess,
  Compute,
  DataBucketPolicy,
  DataBucketSource,
  FleetOptions,
  OnPremisesAccess,
  PerimeterExemption,
  PrivateEc2S3Access,
  RemoteAccess,
  RemoteWorkload,
  S3EndpointMode,
  WorkloadsOuGuardrails,
} from '../../src';
import { AccessList, PrivateFleet, PrivateInstance, PrivateNetwork, S3Endpoint, WorkloadRole } from '../support/parts';
import { IRELAND, importedVpc, newStack, oneBucket, workload } from '../support/resources';

const access = [BucketAccess.readOnly()];
const ROLE_ARN = 'arn:aws:iam::111122223333:role/workloads/Reader';
const IN_CHINA = 'arn:aws-cn:iam::111122223333:role/Reader';
const ELSEWHERE = 'arn:aws:kms:us-east-1:111122223333:key/1';

const addresses = (cidr: string, maxAzs?: number) =>
  bad(
    `a VPC of ${cidr} in ${maxAzs ?? 2} zones`,
    () => new PrivateNetwork(newStack(), 'Network', { ipAddresses: IpAddresses.cidr(cidr), maxAzs }),
    'Training/Network',
    'ipAddresses',
    JSON.stringify(cidr),
  );

const pool = (name: string, lengths: object, got: string) =>
  bad(
    `a VPC of a pool ${name}`,
    () => {
      const ipAddresses = IpAddresses.awsIpamAllocation({
        ipv4IpamPoolId: 'ipam-pool-0123456789abcdef0',
        ipv4NetmaskLength: 20,
        ...lengths,
      });
      return new PrivateNetwork(newStack(), 'Network', { ipAddresses });
    },
    'Training/Network',
    'ipAddresses',
    got,
  );

const NETWORKS: readonly BadInput[] = [
  addresses('10.0.0.0/8'),
  addresses('10.0.0.0/28'),
  addresses('10.0.0.0/26', 6),
  addresses('169.254.0.0/16'),
  addresses('224.0.0.0/16'),
  pool(
    'without a size of its subnets',
    {},
    '"If you have not set a cidr for all subnets in this case you must set a defaultCidrMask in AwsIpam Options"',
  ),
  pool('that is too large', { ipv4NetmaskLength: 8, defaultSubnetIpv4NetmaskLength: 20 }, '"a network of /8"'),
  bad(
    'networks that are half of the internet together',
    () =>
      OnPremisesAccess.fromRole(Role.fromRoleArn(newStack(), 'Role', ROLE_ARN), {
        access: { UserData: access },
        networks: Array.from({ length: 128 }, (_, index) => `${index < 126 ? index + 1 : index + 2}.0.0.0/8`),
      }),
    'OnPremisesAccess.fromRole',
    'networks',
    '"128 networks"',
  ),
];

function placement(stack: Stack) {
  const accessList = new AccessList();
  const vpc = importedVpc(stack);
  const s3Endpoint = new S3Endpoint(stack, 'S3', { accessList, vpc });
  return { role: new WorkloadRole(stack, 'Role', { accessList }), s3Endpoint, vpc };
}

type Placement = Partial<ConstructorParameters<typeof PrivateInstance>[2]>;

/** Both kinds of machines by themselves. */
function alone(name: string, prop: string, got: string, of: (stack: Stack) => Placement): BadInput[] {
  const capacity = { minCapacity: 1, maxCapacity: 2 };
  const made: Array<[string, (stack: Stack) => unknown]> = [
    ['an instance', stack => new PrivateInstance(stack, 'Machine', { ...placement(stack), ...of(stack) })],
    ['a fleet', stack => new PrivateFleet(stack, 'Machine', { ...placement(stack), ...capacity, ...of(stack) })],
  ];
  return made.map(([kind, make]) =>
    bad(`${kind} by itself, ${name}`, () => make(newStack(IRELAND)), 'Training/Machine', prop, got),
  );
}

const PARTS: readonly BadInput[] = [
  ...alone('with a VPC of another Region', 'vpc', 'Training/Theirs', stack => ({
    vpc: Vpc.fromVpcAttributes(stack, 'Theirs', {
      vpcId: 'vpc-1',
      availabilityZones: ['a'],
      isolatedSubnetIds: ['subnet-1'],
      isolatedSubnetRouteTableIds: ['rtb-1'],
      region: 'us-east-1',
    }),
  })).map(each => ({ ...each, error: [...each.error, says('Training/Machine', 'vpc', 'Training/Theirs')] })),
  ...alone('in subnets that are not there', 'vpcSubnets', `"There are no subnet groups`, () => ({
    vpcSubnets: { subnetGroupName: 'Other' },
  })).map(each => ({
    ...each,
    error: [/^Training\/Machine: vpcSubnets: got "There are no subnet groups .*, allowed: /],
  })),
  ...alone('with a role of another account', 'role', 'Training/Theirs', stack => ({
    role: Role.fromRoleArn(stack, 'Theirs', 'arn:aws:iam::444455556666:role/Reader'),
  })),
  ...alone('with a key of another Region', 'volumeEncryptionKey', 'Training/Theirs', stack => ({
    volumeEncryptionKey: Key.fromKeyArn(stack, 'Theirs', ELSEWHERE),
  })),
  ...alone('in another VPC than its endpoint', 'vpc', 'Training/Theirs', stack => ({
    vpc: Vpc.fromVpcAttributes(stack, 'Theirs', {
      vpcId: 'vpc-0123456789abcdef9',
      availabilityZones: ['a'],
      isolatedSubnetIds: ['subnet-1'],
      isolatedSubnetRouteTableIds: ['rtb-1'],
    }),
  })),
];

const MIXED = { instanceTypes: [new InstanceType('t4g.small'), new InstanceType('m7g.large')] };
const SHARE = 'mixedInstances.instancesDistribution';

function fleet(name: string, options: Partial<FleetOptions>, prop: string, got: string): BadInput {
  return bad(name, () => Compute.fleet({ minCapacity: 1, maxCapacity: 2, ...options }), 'Compute.fleet', prop, got);
}

/** What a fleet of two is shared out as. */
function shares(instancesDistribution: InstancesDistribution, option: string, got: string): BadInput[] {
  const mixedInstances = { ...MIXED, instancesDistribution };
  return [fleet(`a fleet with ${option} ${got}`, { mixedInstances }, `${SHARE}.${option}`, got)];
}

const MACHINES: readonly BadInput[] = [
  fleet(
    'pools of Spot instances without their strategy',
    { mixedInstances: { ...MIXED, instancesDistribution: { spotInstancePools: 2 } } },
    `${SHARE}.spotInstancePools`,
    '2',
  ),
  fleet(
    'a price that is none',
    {
      mixedInstances: {
        ...MIXED,
        instancesDistribution: { spotAllocationStrategy: SpotAllocationStrategy.LOWEST_PRICE, spotMaxPrice: 'low' },
      },
    },
    `${SHARE}.spotMaxPrice`,
    '"low"',
  ),
  ...shares({ onDemandBaseCapacity: 3 }, 'onDemandBaseCapacity', '3'),
  ...shares({ onDemandBaseCapacity: Number.NaN }, 'onDemandBaseCapacity', 'NaN'),
  ...shares({ onDemandBaseCapacity: 0.5 }, 'onDemandBaseCapacity', '0.5'),
  ...shares({ onDemandAllocationStrategy: 'cheapest' as never }, 'onDemandAllocationStrategy', '"cheapest"'),
  ...shares({ spotAllocationStrategy: 'cheapest' as never }, 'spotAllocationStrategy', '"cheapest"'),
  ...shares({ spotMaxPrice: 0.05 as never }, 'spotMaxPrice', '0.05'),
  ...[0, 21].flatMap(spotInstancePools =>
    shares(
      { spotInstancePools, spotAllocationStrategy: SpotAllocationStrategy.LOWEST_PRICE },
      'spotInstancePools',
      `${spotInstancePools}`,
    ),
  ),
  ...[0, -1, 1.5].map(maxBatchSize =>
    fleet(
      `a rolling update of ${maxBatchSize} instances`,
      { updatePolicy: UpdatePolicy.rollingUpdate({ maxBatchSize }) },
      'updatePolicy',
      `"a rolling update of ${maxBatchSize} instances at a time, with 0 in service"`,
    ),
  ),
  bad(
    'a Mac',
    () => Compute.instance({ instanceType: new InstanceType('mac2.metal') }),
    'Compute.instance',
    'instanceType',
    '"mac2.metal"',
  ),
  bad(
    'a volume with a key of another Region',
    () => {
      const stack = newStack(IRELAND);
      const volumeEncryptionKey = Key.fromKeyArn(stack, 'Theirs', ELSEWHERE);
      return workload(stack, { compute: Compute.instance({ volumeEncryptionKey }) });
    },
    'Training/App',
    'compute.volumeEncryptionKey',
    'Training/Theirs',
  ),
  bad(
    'a security group without its VPC',
    () => {
      const stack = newStack();
      return workload(stack, {
        securityGroup: SecurityGroup.fromSecurityGroupId(stack, 'Theirs', 'sg-1', { allowAllOutbound: false }),
      });
    },
    'Training/App',
    'securityGroup',
    'Training/Theirs',
  ),
  bad(
    'sessions in a log group of another Region',
    () => {
      const stack = newStack(IRELAND);
      const arn = 'arn:aws:logs:us-east-1:111122223333:log-group:sessions:*';
      const logGroup = LogGroup.fromLogGroupArn(stack, 'Theirs', arn);
      return workload(stack, { remoteAccess: RemoteAccess.sessionManager({ logGroup }) });
    },
    'Training/App',
    'remoteAccess.logGroup',
    'Training/Theirs',
  ),
  bad(
    'a target of guardrails twice',
    () =>
      new WorkloadsOuGuardrails(newStack(), 'G', {
        organizationId: 'o-a1b2c3d4e5',
        targetIds: ['ou-ab12-11111111', 'ou-ab12-11111111'],
      }),
    'Training/G',
    'targetIds',
    '"ou-ab12-11111111"',
  ),
];

const IDS: readonly BadInput[] = [
  bad(
    'the prefix list of S3 in another Region',
    () => {
      const stack = newStack(IRELAND);
      return workload(stack, { s3PrefixList: PrefixList.fromPrefixListId(stack, 'Theirs', 'pl-63a5400a') });
    },
    'Training/App',
    's3PrefixList',
    '"pl-63a5400a"',
  ),
  bad(
    'a permissions boundary by its name',
    () => {
      const permissionsBoundary = ManagedPolicy.fromManagedPolicyArn(newStack(), 'Theirs', 'Boundary');
      return new WorkloadRole(newStack(), 'Role', { permissionsBoundary });
    },
    'Training/Role',
    'permissionsBoundary',
    '"Boundary"',
  ),
];

const PARTITIONS: readonly BadInput[] = [
  bad(
    'a grant to a role of another partition',
    () => {
      const stack = newStack(IRELAND);
      const bucket = Bucket.fromBucketName(stack, 'Bucket', 'example');
      return new AccessList().allow({ role: Role.fromRoleArn(stack, 'Theirs', IN_CHINA), bucket, access });
    },
    'Training/Bucket',
    'role',
    'Training/Theirs',
  ),
  bad(
    'a workload with a role of another partition',
    () => {
      const stack = newStack(IRELAND);
      return workload(stack, { role: Role.fromRoleArn(stack, 'Theirs', IN_CHINA) });
    },
    'Training/App',
    'role',
    'Training/Theirs',
  ),
  bad(
    'a remote workload of another partition',
    () => {
      const stack = newStack(IRELAND);
      const workloads = [RemoteWorkload.fromAttributes({ roleArn: IN_CHINA, access })];
      return new DataBucketPolicy(stack, 'Policy', { bucket: new Bucket(stack, 'Bucket'), workloads });
    },
    'Training/Policy',
    'workloads',
    JSON.stringify(IN_CHINA),
  ),
];

/** Adds something to a workload that is synthesized. */
function late(name: string, add: (app: PrivateEc2S3Access) => unknown, where: string, prop: string, got: string) {
  return bad(
    name,
    () => {
      const stack = newStack();
      const app = workload(stack, { proveAtSynthesis: false });
      (stack.node.root as App).synth();
      return add(app);
    },
    where,
    prop,
    got,
  );
}

const statement = () => new PolicyStatement({ sid: 'Late', actions: ['sqs:SendMessage'], resources: ['*'] });

const LATE: readonly BadInput[] = [
  late(
    'a grant after synthesis',
    ({ _accessList: accessList, role, ...app }) =>
      accessList.allow({ role, bucket: Bucket.fromBucketName(app.node.scope!, 'More', 'example'), access }),
    'Training/More',
    'role',
    'Training/App/Role',
  ),
  late(
    'an endpoint after synthesis',
    ({ _accessList: accessList }) => accessList.addVpcEndpoint('vpce-0123456789abcdef0'),
    'AccessList.addVpcEndpoint',
    'vpcEndpointId',
    '"vpce-0123456789abcdef0"',
  ),
  late(
    'a statement of the role after synthesis',
    ({ role }) => (role as WorkloadRole).addToPrincipalPolicy(statement()),
    'Training/App/Role',
    'statement',
    '"Late"',
  ),
  late(
    'a statement of the endpoint after synthesis',
    ({ s3Endpoint }) => s3Endpoint.addToPolicy(statement()),
    'Training/App/S3Endpoint',
    'statement',
    '"Late"',
  ),
  bad(
    'a log bucket that is added as data bucket',
    () => {
      const stack = newStack();
      const accessLogsBucket = new Bucket(stack, 'Logs');
      const app = workload(stack, { accessLogsBucket });
      return app.addDataBucket('More', DataBucketSource.fromBucket(accessLogsBucket, { access }));
    },
    'Training/App',
    'dataBuckets.More',
    'Training/Logs',
  ),
  bad(
    'a log bucket that is imported once more as data bucket',
    () => {
      const stack = newStack();
      const [logs, data] = ['Logs', 'Data'].map(id => Bucket.fromBucketName(stack, id, 'example-logs'));
      const dataBuckets = { ...oneBucket(), More: DataBucketSource.fromBucket(data, { access }) };
      return workload(stack, { accessLogsBucket: logs, dataBuckets });
    },
    'Training/App',
    'dataBuckets.More',
    'Training/Data',
  ),
  bad(
    'the role of the workload as exemption, by the ARN that its name makes',
    () => {
      const stack = newStack(IRELAND);
      const role = new WorkloadRole(stack, 'Role', { roleName: 'Reader', path: '/workloads/' });
      return workload(stack, { role, perimeterExemptions: [PerimeterExemption.roleArn(ROLE_ARN)] });
    },
    'Training/App',
    'perimeterExemptions',
    'Training/Role',
  ),
  bad(
    'a role of on-premises networks as exemption',
    () => {
      const stack = newStack();
      const role = Role.fromRoleArn(stack, 'Networks', ROLE_ARN);
      const networks = ['10.2.0.0/16'];
      return workload(stack, {
        s3Endpoint: S3EndpointMode.gatewayAndInterface(),
        onPremises: { Site: OnPremisesAccess.fromRole(role, { access: { UserData: access }, networks }) },
        perimeterExemptions: [PerimeterExemption.role(role)],
      });
    },
    'Training/App',
    'perimeterExemptions',
    'Training/Networks',
  ),
];

/** What a workload refuses, with nothing made of it. */
function untouched(name: string, act: (stack: Stack) => unknown, prop: string, got: string): BadInput {
  return bad(
    `${name}, with nothing made`,
    () => {
      const stack = newStack(IRELAND);
      try {
        return act(stack);
      } catch (error) {
        if (stack.node.tryFindChild('App') !== undefined) {
          throw new Error('a half of the workload is there');
        }
        throw error;
      }
    },
    'Training/App',
    prop,
    got,
  );
}

const HALVES: readonly BadInput[] = [
  untouched(
    'a group that lets everything out',
    stack => {
      const vpc = importedVpc(stack);
      return workload(stack, { vpc, securityGroup: new SecurityGroup(stack, 'Group', { vpc }) });
    },
    'securityGroup',
    'Training/Group',
  ),
  untouched(
    'a role that follows another list',
    stack => workload(stack, { role: new WorkloadRole(stack, 'Role', { accessList: new AccessList() }) }),
    'role',
    'Training/Role',
  ),
  untouched(
    'session endpoints of which nothing tells the addresses',
    stack => {
      const vpcEndpointId = 'vpce-0123456789abcdef0';
      const ssm = InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(stack, 'Ssm', { vpcEndpointId, port: 443 });
      const vpc = Vpc.fromVpcAttributes(stack, 'Theirs', {
        vpcId: 'vpc-1',
        availabilityZones: ['a'],
        isolatedSubnetIds: ['subnet-1'],
        isolatedSubnetRouteTableIds: ['rtb-1'],
      });
      return workload(stack, { vpc, remoteAccess: RemoteAccess.sessionManager({ endpoints: { ssm } }) });
    },
    'remoteAccess.endpoints.ssm',
    'Training/Ssm',
  ),
  untouched(
    'an access point of two buckets',
    stack => {
      const of = (name: string) =>
        DataBucketSource.fromBucket(Bucket.fromBucketName(stack, name, `example-${name.toLowerCase()}`), {
          access,
          accessPointName: 'reader',
        });
      return workload(stack, { dataBuckets: { One: of('One'), Two: of('Two') } });
    },
    'dataBuckets.Two.accessPointName',
    '"reader"',
  ),
];

/** Inputs that are wrong where they are, or when they come. */
export const IN_PLACE: readonly BadInput[] = [
  ...NETWORKS,
  ...PARTS,
  ...MACHINES,
  ...IDS,
  ...PARTITIONS,
  ...LATE,
  ...HALVES,
];
