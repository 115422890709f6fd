import { Stack } from 'aws-cdk-lib';
import {
  GatewayVpcEndpointAwsService,
  ISubnet,
  InterfaceVpcEndpointAwsService,
  IpAddresses,
  MachineImage,
  SecurityGroup,
  Subnet,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { bad, BadInput } from './bad-input';
import { BucketAccess, Compute, DataBucketSource, DataEncryption, OnPremisesAccess, S3EndpointMode } from '../../src';
import { AccessList, PrivateInstance, PrivateNetwork, S3Endpoint, WorkloadRole } from '../support/parts';
import { IRELAND, importedVpc, newStack, workload } from '../support/resources';

const access = [BucketAccess.readOnly()];

function vpcOf(stack: Stack, id: string, vpcId: string) {
  return Vpc.fromVpcAttributes(stack, id, {
    vpcId,
    availabilityZones: ['eu-west-1a'],
    isolatedSubnetIds: [`subnet-${id.toLowerCase()}`],
    isolatedSubnetRouteTableIds: [`rtb-${id.toLowerCase()}`],
  });
}

const theirs = (stack: Stack) => vpcOf(stack, 'Theirs', 'vpc-2').isolatedSubnets;

const subnets = (name: string, of: (stack: Stack) => ISubnet[], got: string) =>
  bad(
    name,
    () => {
      const stack = newStack(IRELAND);
      return workload(stack, { vpc: importedVpc(stack), vpcSubnets: { subnets: of(stack) } });
    },
    'Training/App',
    'vpcSubnets',
    got,
  );

const imported = (attributes: object) => (stack: Stack) => [
  Subnet.fromSubnetAttributes(stack, 'One', { subnetId: 'subnet-9', routeTableId: 'rtb-9', ...attributes }),
];

const OTHER_VPCS: readonly BadInput[] = [
  subnets('subnets of another imported VPC', theirs, 'Training/Theirs/IsolatedSubnet1'),
  subnets('a subnet of another Region', imported({ availabilityZone: 'us-east-1a' }), 'Training/One'),
  subnets(
    'a subnet in a local zone of another Region',
    imported({ availabilityZone: 'us-west-2-lax-1a' }),
    'Training/One',
  ),
  subnets(
    'a subnet twice',
    stack => {
      const [subnet] = imported({ availabilityZone: 'eu-west-1a' })(stack);
      return [subnet, subnet];
    },
    'Training/One',
  ),
  subnets('a subnet for an instance, in a zone that is not known', imported({}), 'Training/One'),
  bad(
    'an instance by itself in a subnet of another imported VPC',
    () => {
      const stack = newStack(IRELAND);
      const accessList = new AccessList();
      const vpc = importedVpc(stack);
      return new PrivateInstance(stack, 'Machine', {
        role: new WorkloadRole(stack, 'Role', { accessList }),
        s3Endpoint: new S3Endpoint(stack, 'S3', { accessList, vpc }),
        vpc,
        vpcSubnets: { subnets: theirs(stack) },
      });
    },
    'Training/Machine',
    'vpcSubnets',
    'Training/Theirs/IsolatedSubnet1',
  ),
  bad(
    'an interface endpoint in a subnet of another imported VPC',
    () => {
      const stack = newStack(IRELAND);
      const s3Endpoint = S3EndpointMode.interfaceEndpoint({ subnets: { subnets: theirs(stack) } });
      return workload(stack, { vpc: importedVpc(stack), s3Endpoint });
    },
    'Training/App',
    's3Endpoint.subnets',
    'Training/Theirs/IsolatedSubnet1',
  ),
  bad(
    'a security group of a VPC of the app in an imported one',
    () => {
      const stack = newStack(IRELAND);
      const vpc = new Vpc(stack, 'Other', { natGateways: 0 });
      const securityGroup = new SecurityGroup(stack, 'Group', { vpc, allowAllOutbound: false });
      return workload(stack, { vpc: importedVpc(stack), securityGroup });
    },
    'Training/App',
    'securityGroup',
    'Training/Group',
  ),
  bad(
    'a security group for an interface endpoint, of a VPC of the app in an imported one',
    () => {
      const stack = newStack(IRELAND);
      const group = new SecurityGroup(stack, 'Group', { vpc: new Vpc(stack, 'Other', { natGateways: 0 }) });
      const s3Endpoint = S3EndpointMode.interfaceEndpoint({ securityGroups: [group] });
      return workload(stack, { vpc: importedVpc(stack), s3Endpoint });
    },
    'Training/App',
    's3Endpoint.securityGroups',
    'Training/Group',
  ),
  bad(
    'a security group of another Region',
    () => {
      const stack = newStack(IRELAND);
      const there = new Stack(stack.node.root, 'There', { env: { ...IRELAND, region: 'us-east-1' } });
      const securityGroup = SecurityGroup.fromSecurityGroupId(there, 'Group', 'sg-1');
      return workload(stack, { vpc: importedVpc(stack), securityGroup });
    },
    'Training/App',
    'securityGroup',
    'There/Group',
  ),
  bad(
    'a gateway endpoint for DynamoDB',
    () => {
      const stack = newStack(IRELAND);
      const vpc = new Vpc(stack, 'Vpc', { natGateways: 0 });
      const endpoint = vpc.addGatewayEndpoint('Tables', { service: GatewayVpcEndpointAwsService.DYNAMODB });
      return workload(stack, { vpc, s3Endpoint: S3EndpointMode.fromGatewayEndpoint(endpoint) });
    },
    'Training/App',
    's3Endpoint',
    'Training/Vpc/Tables',
  ),
  bad(
    'an interface endpoint for Systems Manager',
    () => {
      const stack = newStack(IRELAND);
      const vpc = new Vpc(stack, 'Vpc', { natGateways: 0 });
      const endpoint = vpc.addInterfaceEndpoint('Sessions', { service: InterfaceVpcEndpointAwsService.SSM });
      return workload(stack, { vpc, s3Endpoint: S3EndpointMode.fromInterfaceEndpoint(endpoint) });
    },
    'Training/App',
    's3Endpoint',
    'Training/Vpc/Sessions',
  ),
  bad(
    'the id of a subnet as that of a VPC',
    () => workload(newStack(), { vpc: vpcOf(newStack(), 'Vpc', 'subnet-1') }),
    'Training/App',
    'vpc',
    '"subnet-1"',
  ),
  bad(
    'the name of a security group as its id',
    () => {
      const stack = newStack();
      const securityGroup = SecurityGroup.fromSecurityGroupId(stack, 'Group', 'web');
      return workload(stack, { vpc: importedVpc(stack), securityGroup });
    },
    'Training/App',
    'securityGroup',
    '"web"',
  ),
];

const image = (name: string, ofRegions: Record<string, string>, got: string, env?: typeof IRELAND) =>
  bad(
    name,
    () =>
      workload(newStack(env), {
        compute: Compute.instance({ machineImage: MachineImage.genericLinux(ofRegions) }),
      }),
    'Training/App',
    'compute.machineImage',
    got,
  );

const IMAGES: readonly BadInput[] = [
  image('a map of images without a Region, in any Region', {}, '""'),
  image(
    'a map of images without a Region, in one',
    {},
    `"Unable to find AMI in AMI map: no AMI specified for region 'eu-west-1'"`,
    IRELAND,
  ),
  image('a map of images whose one is not there', { 'eu-west-1': undefined! }, '""'),
  image('a map of images by names', { 'us-east-1': 'my-image' }, '"my-image"'),
  bad(
    'an image without an id',
    () => workload(newStack(), { compute: Compute.instance({ machineImage: { getImage: () => ({}) as never } }) }),
    'Training/App',
    'compute.machineImage',
    '"an image without an id"',
  ),
];

const onPremises = (network: string) =>
  bad(
    `the on-premises network ${network}, which nobody is in`,
    () =>
      OnPremisesAccess.fromRole(
        Role.fromRoleArn(newStack(), 'Role', 'arn:aws:iam::111122223333:role/workloads/Reader'),
        { access: { UserData: access }, networks: [network] },
      ),
    'OnPremisesAccess.fromRole',
    'networks',
    JSON.stringify(network),
  );

const NETWORKS: readonly BadInput[] = [
  ...['169.254.0.0/16', '127.0.0.0/8', '0.0.0.0/8', '239.0.0.0/8', '255.255.255.255/32'].map(onPremises),
  bad(
    'a VPC of a pool that is not there',
    () => {
      const ipAddresses = IpAddresses.awsIpamAllocation({
        ipv4IpamPoolId: undefined!,
        ipv4NetmaskLength: 20,
        defaultSubnetIpv4NetmaskLength: 24,
      });
      return new PrivateNetwork(newStack(), 'Network', { ipAddresses });
    },
    'Training/Network',
    'ipAddresses',
    'nothing',
  ),
];

const OTHER_PARTITIONS: readonly BadInput[] = [
  bad(
    'a bucket of another partition',
    () => {
      const stack = newStack(IRELAND);
      const bucket = Bucket.fromBucketArn(stack, 'There', 'arn:aws-cn:s3:::example-archive');
      return workload(stack, { dataBuckets: { There: DataBucketSource.fromBucket(bucket, { access }) } });
    },
    'Training/App',
    'dataBuckets.There',
    '"arn:aws-cn:s3:::example-archive"',
  ),
  bad(
    'a key of another partition',
    () => {
      const stack = newStack(IRELAND);
      const arn = 'arn:aws-us-gov:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
      return workload(stack, { encryption: DataEncryption.existingKey(Key.fromKeyArn(stack, 'There', arn)) });
    },
    'Training/App',
    'encryption',
    '"arn:aws-us-gov:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"',
  ),
  bad(
    'the objects of a bucket as bucket',
    () => DataBucketSource.fromBucket(Bucket.fromBucketArn(newStack(), 'There', 'arn:aws:s3:::example/*'), { access }),
    'DataBucketSource.fromBucket',
    'bucket.bucketArn',
    '"arn:aws:s3:::example/*"',
  ),
];

/** What is somewhere else than it has to be, or nowhere. */
export const ELSEWHERE: readonly BadInput[] = [...OTHER_VPCS, ...IMAGES, ...NETWORKS, ...OTHER_PARTITIONS];
