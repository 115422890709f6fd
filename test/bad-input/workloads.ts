import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { AdditionalHealthCheckType, HealthChecks } from 'aws-cdk-lib/aws-autoscaling';
import { SubnetSelection, SubnetType, Subnet, Vpc, VpcAttributes } from 'aws-cdk-lib/aws-ec2';
import { Role } from 'aws-cdk-lib/aws-iam';
import { CfnKey, IKey } from 'aws-cdk-lib/aws-kms';
import { Bucket, CfnBucket, IBucket } from 'aws-cdk-lib/aws-s3';
import { BadInput, line } from './bad-input';
import {
  BucketAccess,
  Compute,
  DataBucketSource,
  DataEncryption,
  FleetOptions,
  PrivateEc2S3AccessProps,
} from '../../src';
import { PrivateFleet, PrivateNetwork, S3Endpoint, AccessList, WorkloadRole } from '../support/parts';
import { IRELAND, OTHER_ACCOUNT, importedVpc, newStack, workload } from '../support/resources';

type DataBuckets = PrivateEc2S3AccessProps['dataBuckets'];

const READ = { access: [BucketAccess.readOnly()] };
const source = () => DataBucketSource.create(READ);
const named = (bucketName: string) => DataBucketSource.create({ ...READ, bucketName });
const APP = 'Training/App';

function dataBuckets(name: string, value: unknown, ...error: (string | RegExp)[]): BadInput {
  return { name, act: () => workload(newStack(), { dataBuckets: value as DataBuckets }), error };
}

const NONE: [string, string] = [
  'one data bucket or more',
  'add one, such as { UserData: DataBucketSource.create({ access: [BucketAccess.readWrite()] }) }',
];
const A_SOURCE: [string, string] = [
  'a DataBucketSource',
  'make it with DataBucketSource.create or DataBucketSource.fromBucket',
];
const key = (name: string, id: string) =>
  dataBuckets(
    `a data bucket whose key ${name}`,
    { [id]: source() },
    line(
      APP,
      'dataBuckets',
      JSON.stringify(id),
      'construct ids of letters, digits and any of _.- as keys',
      'rename the key',
    ),
  );

const MAPS: readonly BadInput[] = [
  dataBuckets('no map of data buckets', undefined, line(APP, 'dataBuckets', 'nothing', ...NONE)),
  dataBuckets('an empty map of data buckets', {}, line(APP, 'dataBuckets', 'an empty map', ...NONE)),
  key('is empty', ''),
  key('has a slash', 'User/Data'),
  key('has a space', 'User Data'),
  key('begins with a hyphen', '-data'),
  key('has an umlaut', 'Übung'),
  dataBuckets(
    'a text in the place of a source',
    { Data: 'my-bucket' },
    line(APP, 'dataBuckets.Data', '"my-bucket"', ...A_SOURCE),
  ),
  dataBuckets(
    'nothing in the place of a source',
    { Data: undefined },
    line(APP, 'dataBuckets.Data', 'nothing', ...A_SOURCE),
  ),
  dataBuckets(
    'props in the place of a source',
    { Data: READ },
    /^Training\/App: dataBuckets\.Data: got \{.*\}, allowed: a DataBucketSource, fix: /,
  ),
  dataBuckets(
    'a bucket in the place of a source',
    { Data: Bucket.fromBucketName(newStack(), 'Theirs', 'their-bucket') },
    line(APP, 'dataBuckets.Data', 'Training/Theirs', ...A_SOURCE),
  ),
  dataBuckets(
    'props with a bucket in the place of a source',
    {
      Data: { ...READ, bucket: Bucket.fromBucketName(newStack(), 'Theirs', 'their-bucket') },
    },
    /^Training\/App: dataBuckets\.Data: got .*, allowed: a DataBucketSource, fix: /,
  ),
  dataBuckets(
    'two data buckets of one name',
    { One: named('my-bucket'), Two: named('my-bucket') },
    line(APP, 'dataBuckets.Two', '"my-bucket"', 'each bucket once, and One has this one', 'add the access to One'),
  ),
  {
    name: 'one existing bucket twice',
    act: () => {
      const stack = newStack();
      const theirs = DataBucketSource.fromBucket(new Bucket(stack, 'Theirs'), READ);
      workload(stack, { dataBuckets: { One: theirs, Two: theirs } });
    },
    error: [
      /^Training\/App: dataBuckets\.Two: got .*, allowed: each bucket once, and One has this one, fix: add the access to One$/,
    ],
  },
  {
    name: 'a new bucket of the name of an existing one',
    act: () => {
      const stack = newStack();
      const theirs = DataBucketSource.fromBucket(Bucket.fromBucketName(stack, 'Theirs', 'my-bucket'), READ);
      workload(stack, { dataBuckets: { One: theirs, Two: named('my-bucket') } });
    },
    error: [
      line(APP, 'dataBuckets.Two', '"my-bucket"', 'each bucket once, and One has this one', 'add the access to One'),
    ],
  },
  {
    name: 'a data bucket of another Region',
    act: () => {
      const stack = newStack(IRELAND);
      const theirs = Bucket.fromBucketAttributes(stack, 'Theirs', { bucketName: 'their-bucket', region: 'us-east-1' });
      workload(stack, { dataBuckets: { Data: DataBucketSource.fromBucket(theirs, READ) } });
    },
    error: [
      line(
        APP,
        'dataBuckets.Data',
        '"a bucket in us-east-1"',
        'buckets in eu-west-1: an S3 endpoint leads to one Region only, and a gateway endpoint to its own',
        "use a bucket there, or S3EndpointMode.gatewayAndInterface({ serviceRegion: 'us-east-1' })",
      ),
    ],
  },
  {
    name: 'two data buckets of another Region, both in one error',
    act: () => {
      const stack = newStack(IRELAND);
      const theirs = (id: string) =>
        DataBucketSource.fromBucket(
          Bucket.fromBucketAttributes(stack, id, { bucketName: `bucket-${id}`, region: 'us-east-1' }),
          READ,
        );
      workload(stack, { dataBuckets: { One: theirs('one'), Two: theirs('two') } });
    },
    error: [/^Training\/App: dataBuckets\.One: /, /^Training\/App: dataBuckets\.Two: /],
  },
  {
    name: 'props with faults in several places, all in one error',
    act: () =>
      workload(newStack(), {
        dataBuckets: { 'User/Data': source(), Other: 'my-bucket' as unknown as DataBucketSource },
        organization: { organizationId: 'mine' },
      }),
    error: [
      /^Training\/App: dataBuckets\.Other: got "my-bucket", /,
      /^Training\/App: dataBuckets: got "User\/Data", /,
      /^Training\/App: organization\.organizationId: got "mine", /,
    ],
  },
];

const LATER: readonly BadInput[] = [
  {
    name: 'a second data bucket of one id',
    act: () => workload(newStack()).addDataBucket('UserData', source()),
    error: [line(APP, 'dataBuckets.UserData', '"UserData"', 'each id once', 'choose another id')],
  },
  {
    name: 'a later data bucket with a bad id',
    act: () => workload(newStack()).addDataBucket('a/b', source()),
    error: [/^Training\/App: dataBuckets: got "a\/b", allowed: construct ids/],
  },
  {
    name: 'a later data bucket without a source',
    act: () => workload(newStack()).addDataBucket('Data', undefined as unknown as DataBucketSource),
    error: [line(APP, 'dataBuckets.Data', 'nothing', ...A_SOURCE)],
  },
  {
    name: 'a data bucket that is not there',
    act: () => workload(newStack()).dataBucket('Nothing'),
    error: [line(APP, 'id', '"Nothing"', 'UserData', 'name a data bucket of this construct')],
  },
  {
    name: 'a later data bucket of a name that is there',
    act: () =>
      workload(newStack(), { dataBuckets: { One: named('my-bucket') } }).addDataBucket('Two', named('my-bucket')),
    error: [
      line(APP, 'dataBuckets.Two', '"my-bucket"', 'each bucket once, and One has this one', 'add the access to One'),
    ],
  },
];

/** A workload in subnets of a VPC with one subnet of each kind. */
function inSubnets(name: string, vpcSubnets: SubnetSelection, ...error: (string | RegExp)[]): BadInput {
  return {
    name,
    act: () => {
      const stack = newStack();
      workload(stack, { vpc: new Vpc(stack, 'Vpc', { maxAzs: 1 }), vpcSubnets });
    },
    error,
  };
}

function inImported(name: string, attributes: Partial<VpcAttributes>, ...error: (string | RegExp)[]): BadInput {
  const imported = { vpcId: 'vpc-0123456789abcdef0', availabilityZones: ['eu-west-1a'], ...attributes };
  return {
    name,
    act: () => {
      const stack = newStack();
      workload(stack, { vpc: Vpc.fromVpcAttributes(stack, 'Vpc', imported) });
    },
    error,
  };
}

const PUBLIC = line(
  APP,
  'vpcSubnets',
  'Training/Vpc/PublicSubnet1',
  'private subnets: a public one has a route to the internet',
  'select { subnetType: SubnetType.PRIVATE_ISOLATED }',
);
const NO_SUBNET =
  /^Training\/App(\/S3Endpoint)?: vpcSubnets: got ".*", allowed: private subnets of the VPC, fix: select subnets that the VPC has/;

const SUBNETS: readonly BadInput[] = [
  inSubnets('public subnets', { subnetType: SubnetType.PUBLIC }, PUBLIC),
  inSubnets('public subnets by their group', { subnetGroupName: 'Public' }, PUBLIC),
  inSubnets('subnets of a kind that the VPC does not have', { subnetType: SubnetType.PRIVATE_ISOLATED }, NO_SUBNET),
  inSubnets('subnets of a group that the VPC does not have', { subnetGroupName: 'Nothing' }, NO_SUBNET),
  inSubnets('an empty selection of subnets', { subnets: [] }, NO_SUBNET),
  {
    name: 'public subnets of a network that is made here',
    act: () => workload(newStack(), { vpcSubnets: { subnetType: SubnetType.PUBLIC } }),
    error: [NO_SUBNET],
  },
  inImported(
    'subnets without route tables for a gateway endpoint',
    { isolatedSubnetIds: ['subnet-0123456789abcdef0'] },
    /^Training\/App: vpcSubnets: got Training\/Vpc\/\w+, allowed: subnets whose route table is known.*, fix: import .*/,
  ),
  inImported('an imported VPC without private subnets', {}, NO_SUBNET),
  {
    name: 'a single imported subnet without its route table',
    act: () => {
      const stack = newStack();
      workload(stack, {
        vpc: new Vpc(stack, 'Vpc'),
        vpcSubnets: { subnets: [Subnet.fromSubnetId(stack, 'Theirs', 'subnet-0123456789abcdef0')] },
      });
    },
    error: [
      /^Training\/App: vpcSubnets: got Training\/Theirs, allowed: subnets whose route table is known/,
      /^Training\/App: vpcSubnets: got Training\/Theirs, allowed: subnets whose Availability Zone is known/,
    ],
  },
  {
    name: 'public subnets of an endpoint alone',
    act: () => {
      const stack = newStack();
      new S3Endpoint(stack, 'S3', {
        accessList: new AccessList(),
        vpc: new Vpc(stack, 'Vpc', { maxAzs: 1 }),
        vpcSubnets: { subnetType: SubnetType.PUBLIC },
      });
    },
    error: [/^Training\/S3: vpcSubnets: got Training\/Vpc\/PublicSubnet1, /],
  },
];

const azs = (maxAzs: number): BadInput => ({
  name: `${maxAzs} Availability Zones`,
  act: () => new PrivateNetwork(newStack(), 'Network', { maxAzs }),
  error: [/^Training\/Network: maxAzs: got \S+, allowed: a whole number from 1 to 6, fix: leave it out for 2$/],
});

const MINIMUM =
  /^Compute\.fleet: minCapacity: got \S+, allowed: a whole number, 1 or more, fix: name how many instances are always there$/;
const MAXIMUM =
  /^Compute\.fleet: maxCapacity: got \S+, allowed: a whole number, not below minCapacity, fix: raise it to minCapacity or more$/;
const fleet = (options: FleetOptions, ...error: RegExp[]): BadInput => ({
  name: `a fleet of ${JSON.stringify(options)}`,
  act: () => Compute.fleet(options),
  error,
});

const COMPUTES: readonly BadInput[] = [
  ...[0, 7, -1, 1.5].map(azs),
  fleet({ minCapacity: 0, maxCapacity: 2 }, MINIMUM),
  fleet({ minCapacity: 1.5, maxCapacity: 2 }, MINIMUM),
  fleet({ minCapacity: 3, maxCapacity: 2 }, MAXIMUM),
  fleet({ minCapacity: 1, maxCapacity: 2.5 }, MAXIMUM),
  fleet({ minCapacity: -1, maxCapacity: -2 }, MINIMUM, MAXIMUM),
  fleet(
    { minCapacity: 1, maxCapacity: 2, userDataCausesReplacement: true },
    /^Compute\.fleet: userDataCausesReplacement: got true, allowed: nothing: a fleet replaces .*, fix: leave it out, and name updatePolicy/,
  ),
  fleet(
    { minCapacity: 1, maxCapacity: 2, healthChecks: HealthChecks.ec2({ gracePeriod: Duration.millis(1500) }) },
    /^Compute\.fleet: healthChecks\.gracePeriod: got "1\.5 seconds", allowed: whole seconds, fix: write such as/,
  ),
  fleet(
    {
      minCapacity: 1,
      maxCapacity: 2,
      healthChecks: HealthChecks.withAdditionalChecks({ additionalTypes: ['HTTP' as AdditionalHealthCheckType] }),
    },
    /^Compute\.fleet: healthChecks: got "HTTP", allowed: AdditionalHealthCheckType\.ELB, .*, fix: make it with HealthChecks/,
  ),
  {
    name: 'a bad capacity of a fleet alone',
    act: () => {
      const stack = newStack();
      const accessList = new AccessList();
      const vpc = importedVpc(stack);
      const s3Endpoint = new S3Endpoint(stack, 'S3', { accessList, vpc });
      const role = new WorkloadRole(stack, 'Role', { accessList });
      return new PrivateFleet(stack, 'Fleet', { minCapacity: 0, maxCapacity: 1, role, s3Endpoint, vpc });
    },
    error: [/^Training\/Fleet: minCapacity: got 0, /],
  },
];

const ROLES: readonly BadInput[] = [
  {
    name: 'a role of another account, which no instance can have',
    act: () => {
      const stack = newStack(IRELAND);
      workload(stack, { role: Role.fromRoleArn(stack, 'Theirs', `arn:aws:iam::${OTHER_ACCOUNT}:role/Workload`) });
    },
    error: [/^Training\/App.*: role: got .*, allowed: .*account.*, fix: /],
  },
];

const L1S: readonly BadInput[] = [
  {
    name: 'the bucket of CloudFormation itself',
    act: () => DataBucketSource.fromBucket(new CfnBucket(newStack(), 'Theirs') as unknown as IBucket, READ),
    error: [
      line(
        'DataBucketSource.fromBucket',
        'bucket',
        'Training/Theirs',
        'a bucket, not the resource of CloudFormation itself',
        'pass Bucket.fromCfnBucket(bucket)',
      ),
    ],
  },
  {
    name: 'the key of CloudFormation itself',
    act: () => DataEncryption.existingKey(new CfnKey(newStack(), 'Theirs', { keyPolicy: {} }) as unknown as IKey),
    error: [/fix: pass Key\.fromCfnKey\(key\)$/],
  },
];

const REMOVALS: readonly BadInput[] = [
  {
    name: 'a removal policy that buckets do not have',
    act: () => workload(newStack(), { removalPolicy: RemovalPolicy.SNAPSHOT }),
    error: [
      line(
        APP,
        'removalPolicy',
        '"snapshot"',
        'RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE, RemovalPolicy.RETAIN, RemovalPolicy.DESTROY: buckets and keys have no snapshots',
        'write RemovalPolicy.DESTROY for a test stack, or leave it out',
      ),
    ],
  },
  ...[undefined, RemovalPolicy.RETAIN].map(removalPolicy => ({
    name: `buckets that are emptied and kept, with the removal policy ${removalPolicy}`,
    act: () => workload(newStack(), { autoDeleteObjects: true, removalPolicy }),
    error: [
      line(
        APP,
        'autoDeleteObjects',
        'true',
        'true together with RemovalPolicy.DESTROY only: what is kept is not emptied',
        'write removalPolicy: RemovalPolicy.DESTROY, or leave it out',
      ),
    ],
  })),
];

/** Workloads that would not run, or not be private. */
export const WORKLOADS: readonly BadInput[] = [
  ...MAPS,
  ...LATER,
  ...SUBNETS,
  ...COMPUTES,
  ...L1S,
  ...REMOVALS,
  ...ROLES,
];
