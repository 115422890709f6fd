import { App, Stack } from 'aws-cdk-lib';
import { PrefixList, SecurityGroup, Subnet, Vpc } from 'aws-cdk-lib/aws-ec2';
import { BucketAccess, DataBucketSource, PrivateEc2S3Access } from 'cdk-private-ec2-s3-access';

const env = { account: '111122223333', region: 'eu-west-1' };
const stack = new Stack(new App(), 'ExistingVpc', { env });

const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', {
  vpcId: 'vpc-0123456789abcdef0',
  vpcCidrBlock: '10.20.0.0/16',
  availabilityZones: ['eu-west-1a', 'eu-west-1b'],
});
const subnets = [
  { subnetId: 'subnet-0aaaaaaaaaaaaaaaa', availabilityZone: 'eu-west-1a', routeTableId: 'rtb-0aaaaaaaaaaaaaaaa' },
  { subnetId: 'subnet-0bbbbbbbbbbbbbbbb', availabilityZone: 'eu-west-1b', routeTableId: 'rtb-0bbbbbbbbbbbbbbbb' },
].map(attributes => Subnet.fromSubnetAttributes(stack, attributes.availabilityZone, attributes));

new PrivateEc2S3Access(stack, 'App', {
  vpc,
  vpcSubnets: { subnets },
  s3PrefixList: PrefixList.fromPrefixListId(stack, 'S3', 'pl-6da54004'), // of eu-west-1
  securityGroup: SecurityGroup.fromSecurityGroupId(stack, 'Workers', 'sg-0123456789abcdef0', {
    allowAllOutbound: false,
  }),
  dataBuckets: { UserData: DataBucketSource.create({ access: [BucketAccess.readWrite()] }) },
});
