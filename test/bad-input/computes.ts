import { Aws, Duration, Size, Stack } from 'aws-cdk-lib';
import { UpdatePolicy } from 'aws-cdk-lib/aws-autoscaling';
import {
  IVpc,
  InstanceClass,
  InstanceSize,
  InstanceType,
  InterfaceVpcEndpoint,
  MachineImage,
  UserData,
  Vpc,
  WindowsVersion,
} from 'aws-cdk-lib/aws-ec2';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { BadInput, line } from './bad-input';
import { Compute, FleetOptions, InstanceOptions, RemoteAccess } from '../../src';
import { newStack, workload } from '../support/resources';

const INSTANCE = 'Training/App';
const FLEET = { minCapacity: 1, maxCapacity: 2 };
const ARM = InstanceType.of(InstanceClass.M7G, InstanceSize.LARGE);
const windows = MachineImage.latestWindows(WindowsVersion.WINDOWS_SERVER_2025_ENGLISH_FULL_BASE);

const HOPS: [string, string] = [
  '1, or 2 where containers need the credentials of the role: with more they can leave the instance',
  'leave it out, or use Compute.container()',
];
const NO_ARM: [string, string] = [
  'x86_64 types: there is no Windows Server for arm64',
  'name a type such as t3.medium or m7i.large',
];
const processor = (name: string): [string, string] => [
  `types for the processor of the image, ${name}`,
  'name a type and an image for the same processor, or leave the image out',
];

function instance(name: string, options: InstanceOptions, ...error: string[]): BadInput {
  return { name, act: () => workload(newStack(), { compute: Compute.instance(options) }), error };
}

const types = (...names: string[]) => names.map(name => new InstanceType(name));
const TYPES = 'mixedInstances.instanceTypes';

function fleet(name: string, options: Partial<FleetOptions>, ...error: string[]): BadInput {
  return { name, act: () => Compute.fleet({ ...FLEET, ...options }), error };
}

/** What only the rendered policy tells. */
function update(name: string, updatePolicy: UpdatePolicy, got: string, allowed: string, fix: string): BadInput {
  return {
    name,
    act: () => Compute.fleet({ ...FLEET, updatePolicy }),
    error: [line('Compute.fleet', 'updatePolicy', JSON.stringify(got), allowed, fix)],
  };
}

const FLEETS: readonly BadInput[] = [
  fleet(
    'a fleet with a type and several types',
    { instanceType: ARM, mixedInstances: { instanceTypes: types('m7g.large', 'm6g.large') } },
    line(
      'Compute.fleet',
      'instanceType',
      '"m7g.large"',
      'either one type or mixedInstances',
      'add it to mixedInstances.instanceTypes',
    ),
  ),
  fleet(
    'a fleet of several types that are one',
    { mixedInstances: { instanceTypes: types('m7g.large') } },
    line('Compute.fleet', TYPES, '"m7g.large"', '2 to 40 types', 'name more than one, or write instanceType'),
  ),
  fleet(
    'a fleet of no types',
    { mixedInstances: { instanceTypes: [] } },
    line('Compute.fleet', TYPES, 'an empty list', '2 to 40 types', 'name more than one, or write instanceType'),
  ),
  fleet(
    'a fleet of one type twice',
    { mixedInstances: { instanceTypes: types('m7g.large', 'm7g.large') } },
    line('Compute.fleet', TYPES, '"m7g.large", "m7g.large"', 'each type once', 'leave out what is there twice'),
  ),
  fleet(
    'a fleet for two processors',
    { mixedInstances: { instanceTypes: types('m7g.large', 'm7i.large') } },
    line(
      'Compute.fleet',
      TYPES,
      '"m7g.large", "m7i.large"',
      'types for one processor: a fleet has one image',
      'make a fleet for each processor',
    ),
  ),
  fleet(
    'a fleet with more than all of it On-Demand',
    {
      mixedInstances: {
        instanceTypes: types('m7g.large', 'm6g.large'),
        instancesDistribution: { onDemandPercentageAboveBaseCapacity: 120 },
      },
    },
    line(
      'Compute.fleet',
      'mixedInstances.instancesDistribution.onDemandPercentageAboveBaseCapacity',
      '120',
      'a whole number from 0 to 100',
      'write 0 for Spot capacity only above the base',
    ),
  ),
  fleet(
    'a fleet that takes two hours to warm up',
    { defaultInstanceWarmup: Duration.hours(2) },
    line(
      'Compute.fleet',
      'defaultInstanceWarmup',
      '"7200 seconds"',
      'whole seconds, one hour at the most',
      'write such as Duration.minutes(5)',
    ),
  ),
  update(
    'an update that waits for signals',
    UpdatePolicy.rollingUpdate({ waitOnResourceSignals: true, pauseTime: Duration.minutes(5) }),
    'a rolling update that waits for signals',
    'one that does not: the instances have no way to CloudFormation',
    'leave waitOnResourceSignals out, and name the time that an instance needs in defaultInstanceWarmup',
  ),
  update(
    'an update that leaves no room',
    UpdatePolicy.rollingUpdate({ minInstancesInService: 2 }),
    'a rolling update with 2 instances in service',
    'fewer than maxCapacity, 2: there would be no room for a new instance',
    'lower minInstancesInService, or raise maxCapacity',
  ),
];

/** Machines that would not start, or would give their credentials away. */
export const COMPUTES: readonly BadInput[] = [
  ...FLEETS,
  ...[0, 3, 64, 1.5].map((limit): BadInput => ({
    name: `a hop limit of ${limit}`,
    act: () => Compute.instance({ httpPutResponseHopLimit: limit }),
    error: [line('Compute.instance', 'httpPutResponseHopLimit', `${limit}`, ...HOPS)],
  })),
  {
    name: 'a fleet with a hop limit of 3, and no capacity',
    act: () => Compute.fleet({ minCapacity: 0, maxCapacity: 1, httpPutResponseHopLimit: 3 }),
    error: [line('Compute.fleet', 'httpPutResponseHopLimit', '3', ...HOPS), /^Compute\.fleet: minCapacity: got 0, /],
  },
  {
    name: 'a container instance whose containers get no credentials',
    act: () => Compute.container({ httpPutResponseHopLimit: 1 }),
    error: [
      line(
        'Compute.container',
        'httpPutResponseHopLimit',
        '1',
        '2, which is what makes it one for containers',
        'leave it out, or use Compute.instance()',
      ),
    ],
  },
  instance(
    'Windows for arm64',
    { machineImage: windows, instanceType: ARM },
    line(INSTANCE, 'compute.instanceType', '"m7g.large"', ...NO_ARM),
  ),
  instance(
    'Windows on a volume that is smaller than its image',
    { machineImage: windows, rootVolumeSize: Size.gibibytes(20) },
    line(
      INSTANCE,
      'compute.rootVolumeSize',
      '"20 GiB"',
      '30 GiB or more for Windows, the size of its images',
      'write Size.gibibytes(30)',
    ),
  ),
  instance(
    'Windows with the user data of Linux',
    { machineImage: windows, userData: UserData.forLinux() },
    line(
      INSTANCE,
      'compute.userData',
      '"a shell script"',
      'user data for Windows',
      'make it with UserData.forWindows()',
    ),
  ),
  instance(
    'Windows with everything of Linux',
    {
      machineImage: windows,
      instanceType: ARM,
      rootVolumeSize: Size.gibibytes(8),
      userData: UserData.forLinux(),
      httpPutResponseHopLimit: 1,
    },
    line(INSTANCE, 'compute.instanceType', '"m7g.large"', ...NO_ARM),
    line(
      INSTANCE,
      'compute.rootVolumeSize',
      '"8 GiB"',
      '30 GiB or more for Windows, the size of its images',
      'write Size.gibibytes(30)',
    ),
    line(
      INSTANCE,
      'compute.userData',
      '"a shell script"',
      'user data for Windows',
      'make it with UserData.forWindows()',
    ),
  ),
  instance(
    'an image for x86_64 and a type for arm64',
    { machineImage: MachineImage.latestAmazonLinux2023(), instanceType: ARM },
    line(INSTANCE, 'compute.instanceType', '"m7g.large"', ...processor('x86_64')),
  ),
  instance(
    'an image for x86_64 and no type',
    { machineImage: MachineImage.latestAmazonLinux2() },
    line(INSTANCE, 'compute.machineImage', '"t4g.micro"', ...processor('x86_64')),
  ),
  {
    name: 'a fleet of Windows for arm64',
    act: () => workload(newStack(), { compute: Compute.fleet({ ...FLEET, machineImage: windows, instanceType: ARM }) }),
    error: [line(INSTANCE, 'compute.instanceType', '"m7g.large"', ...NO_ARM)],
  },
];

function sessionLogs(name: string, logBucketPrefix: string, withBucket: boolean, ...error: string[]): BadInput {
  const bucket = () => Bucket.fromBucketName(newStack(), 'Logs', 'session-logs');
  return {
    name,
    act: () => RemoteAccess.sessionManager({ logBucketPrefix, ...(withBucket ? { logBucket: bucket() } : {}) }),
    error,
  };
}

const SESSIONS = 'RemoteAccess.sessionManager';

/** Prefixes of session logs that are none, or that nothing would go to. */
export const SESSION_LOGS: readonly BadInput[] = [
  sessionLogs(
    'a prefix of session logs without a bucket',
    'ssm/',
    false,
    line(SESSIONS, 'logBucketPrefix', '"ssm/"', 'a prefix in a logBucket', 'name logBucket, or leave the prefix out'),
  ),
  sessionLogs(
    'a prefix of session logs that is half a name',
    'ssm',
    true,
    line(
      SESSIONS,
      'logBucketPrefix',
      '"ssm"',
      'a prefix that ends with /, or data would also open database/',
      'write "ssm/"',
    ),
  ),
  sessionLogs(
    'a prefix of session logs with a wildcard',
    '*/',
    true,
    line(
      SESSIONS,
      'logBucketPrefix',
      '"*/"',
      'none of $ * ?, which IAM would read as a variable or a wildcard',
      'name one prefix for each access',
    ),
  ),
  sessionLogs(
    'a prefix of session logs that is a token',
    Aws.ACCOUNT_ID,
    true,
    line(
      SESSIONS,
      'logBucketPrefix',
      'a value that is known at deployment only',
      'a prefix that is known at synthesis',
      'write it out',
    ),
  ),
];

/** A VPC whose addresses were not named. */
function unknownVpc(stack: Stack): IVpc {
  return Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-0123456789abcdef0',
    availabilityZones: ['a'],
    isolatedSubnetIds: ['subnet-1'],
    isolatedSubnetRouteTableIds: ['rtb-1'],
  });
}

/** An endpoint of Session Manager that nothing tells how to reach. */
const UNREACHABLE: BadInput = {
  name: 'an endpoint of Session Manager whose security groups and addresses are unknown',
  act: () => {
    const stack = newStack();
    const ssm = InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(stack, 'Theirs', {
      vpcEndpointId: 'vpce-0123',
      port: 443,
    });
    return workload(stack, {
      vpc: unknownVpc(stack),
      remoteAccess: RemoteAccess.sessionManager({ endpoints: { ssm } }),
    });
  },
  error: [
    line(
      'Training/App',
      'remoteAccess.endpoints.ssm',
      'Training/Theirs',
      'an interface endpoint whose security groups are known, or the addresses of its VPC Training/Vpc',
      'name securityGroups in InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes, or vpcCidrBlock in Vpc.fromVpcAttributes',
    ),
  ],
};

/** Endpoints of Session Manager that nothing would go through, or that nothing tells how to reach. */
export const REMOTE_ACCESSES: readonly BadInput[] = [
  UNREACHABLE,
  ...[
    ['kms', 'encryptionKey'],
    ['logs', 'logGroup'],
  ].map(([name, option]): BadInput => ({
    name: `an endpoint of ${name} for Session Manager without ${option}`,
    act: () =>
      RemoteAccess.sessionManager({
        endpoints: {
          [name]: InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(newStack(), 'Theirs', {
            vpcEndpointId: 'vpce-0123',
            port: 443,
          }),
        },
      }),
    error: [
      line(
        'RemoteAccess.sessionManager',
        `endpoints.${name}`,
        'Training/Theirs',
        `an endpoint that is used: with ${option}`,
        `name ${option}, or leave the endpoint out`,
      ),
    ],
  })),
];
