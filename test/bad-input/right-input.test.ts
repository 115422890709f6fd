import { CfnParameter, CustomResource, Fn, Lazy, Stack, Token } from 'aws-cdk-lib';
import { SpotAllocationStrategy } from 'aws-cdk-lib/aws-autoscaling';
import {
  InstanceType,
  InterfaceVpcEndpointService,
  IpAddresses,
  MachineImage,
  PrefixList,
  Subnet,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { BucketAccess, Compute, DataBucketSource, FleetOptions, S3EndpointMode } from '../../src';
import { PrivateNetwork } from '../support/parts';
import { IRELAND, importedVpc, newStack, oneBucket, workload } from '../support/resources';

const access = [BucketAccess.readOnly()];
const parameter = (stack: Stack, id: string) => new CfnParameter(stack, id).valueAsString;

function vpcOf(stack: Stack, id: string, vpcId: string, zone = 'eu-west-1a') {
  return Vpc.fromVpcAttributes(stack, id, {
    vpcId,
    availabilityZones: [zone],
    isolatedSubnetIds: ['subnet-1'],
    isolatedSubnetRouteTableIds: ['rtb-1'],
  });
}

function fleet(instancesDistribution: NonNullable<FleetOptions['mixedInstances']>['instancesDistribution']) {
  const instanceTypes = ['m7g.large', 'm6g.large'].map(type => new InstanceType(type));
  return Compute.fleet({ minCapacity: 1, maxCapacity: 3, mixedInstances: { instanceTypes, instancesDistribution } });
}

const image = (ofRegions: Record<string, string>) =>
  Compute.instance({ machineImage: MachineImage.genericLinux(ofRegions) });

/** Inputs that look unlikely, and are right. */
const RIGHT: Readonly<Record<string, (stack: Stack) => unknown>> = {
  'a VPC that is not looked up yet': stack =>
    workload(stack, {
      vpc: Vpc.fromLookup(stack, 'Vpc', { vpcId: 'vpc-0123456789abcdef0' }),
      vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
      s3PrefixList: PrefixList.fromPrefixListId(stack, 'S3', 'pl-6da54004'),
    }),
  'a VPC by parameters': stack => workload(stack, { vpc: vpcOf(stack, 'Vpc', parameter(stack, 'Id')) }),
  'one VPC that is imported twice': stack =>
    workload(stack, {
      vpc: vpcOf(stack, 'Vpc', 'vpc-1'),
      vpcSubnets: { subnets: vpcOf(stack, 'Again', 'vpc-1').isolatedSubnets },
    }),
  'a VPC by its id, and the same by what may be its id': stack =>
    workload(stack, {
      vpc: vpcOf(stack, 'Vpc', 'vpc-1'),
      vpcSubnets: { subnets: vpcOf(stack, 'Again', parameter(stack, 'Id')).isolatedSubnets },
    }),
  'a VPC by its id, and the same by a custom resource': stack => {
    const finder = new CustomResource(stack, 'Finder', { serviceToken: 'arn:aws:lambda:eu-west-1:1:function:f' });
    const { isolatedSubnets: subnets } = vpcOf(stack, 'Again', finder.getAttString('VpcId'));
    return workload(stack, { vpc: vpcOf(stack, 'Vpc', 'vpc-1'), vpcSubnets: { subnets } });
  },
  'subnets in a local zone of the Region': stack =>
    workload(stack, { vpc: vpcOf(stack, 'Vpc', 'vpc-1', 'eu-west-1-lhr-1a') }),
  'a subnet by the id of its zone': stack => workload(stack, { vpc: vpcOf(stack, 'Vpc', 'vpc-1', 'euw1-az1') }),
  'a subnet without a zone, where no instance is made': stack =>
    workload(stack, {
      vpc: importedVpc(stack),
      compute: Compute.instanceProfile(),
      vpcSubnets: {
        subnets: [Subnet.fromSubnetAttributes(stack, 'One', { subnetId: 'subnet-9', routeTableId: 'rtb-9' })],
      },
    }),
  'an interface endpoint of the app by the name of the service': stack => {
    const vpc = new Vpc(stack, 'Vpc', { natGateways: 0 });
    const service = new InterfaceVpcEndpointService('com.amazonaws.eu-west-1.s3');
    const s3Endpoint = S3EndpointMode.fromInterfaceEndpoint(vpc.addInterfaceEndpoint('S3', { service }));
    return workload(stack, { vpc, s3Endpoint });
  },
  'a fleet that is shared out at deployment': stack =>
    workload(stack, {
      compute: fleet({
        onDemandBaseCapacity: Token.asNumber(parameter(stack, 'Base')),
        onDemandPercentageAboveBaseCapacity: Token.asNumber(parameter(stack, 'Share')),
        spotAllocationStrategy: Token.asString(parameter(stack, 'Strategy')) as SpotAllocationStrategy,
        spotMaxPrice: parameter(stack, 'Price'),
      }),
    }),
  'a fleet that is On-Demand up to its maximum, with an option of a newer CDK': stack =>
    workload(stack, { compute: fleet({ onDemandBaseCapacity: 3, newOption: 1 } as never) }),
  'images of several Regions': stack =>
    workload(stack, { compute: image({ 'eu-west-1': 'ami-1', 'us-east-1': 'ami-2' }) }),
  'an image that is known at deployment': stack =>
    workload(stack, { compute: image({ 'eu-west-1': parameter(stack, 'Image') }) }),
  'a pool of addresses by a parameter': stack =>
    new PrivateNetwork(stack, 'Network', {
      ipAddresses: IpAddresses.awsIpamAllocation({
        ipv4IpamPoolId: parameter(stack, 'Pool'),
        ipv4NetmaskLength: 20,
        defaultSubnetIpv4NetmaskLength: 24,
      }),
    }),
  'an old bucket with capitals': stack => {
    const bucket = Bucket.fromBucketName(stack, 'Old', 'My_Old.Bucket');
    return workload(stack, { dataBuckets: { Old: DataBucketSource.fromBucket(bucket, { access }) } });
  },
  'a bucket by an ARN of another stack': stack => {
    const bucket = Bucket.fromBucketArn(stack, 'Theirs', Fn.importValue('ArchiveArn'));
    return workload(stack, { dataBuckets: { Theirs: DataBucketSource.fromBucket(bucket, { access }) } });
  },
  'a bucket whose name is made late': stack => {
    const bucketName = Lazy.string({ produce: () => 'example-late' });
    return workload(stack, { dataBuckets: { Late: DataBucketSource.create({ access, bucketName }) } });
  },
  'a map without a prototype': stack =>
    workload(stack, { dataBuckets: Object.assign(Object.create(null) as object, oneBucket()) }),
};

test.each(Object.entries(RIGHT))('%s passes', (_, act) => {
  expect(() => act(newStack(IRELAND))).not.toThrow();
});

test('images of any Region pass where the Region is not known', () => {
  expect(() => workload(newStack(), { compute: image({ 'us-east-1': 'ami-1' }) })).not.toThrow();
});
