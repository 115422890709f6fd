import { App, Stack } from 'aws-cdk-lib';
import { PrefixList, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { BucketAccess, DataBucketSource, PrivateEc2S3Access } from 'cdk-private-ec2-s3-access';

const stack = new Stack(new App(), 'EgressByPrefixList', { env: { account: '111122223333', region: 'eu-central-2' } });

const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', {
  vpcId: 'vpc-0123456789abcdef0',
  availabilityZones: ['eu-central-2a', 'eu-central-2b'],
  privateSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
  privateSubnetRouteTableIds: ['rtb-0123456789abcdef0', 'rtb-0123456789abcdef1'],
});

new PrivateEc2S3Access(stack, 'App', {
  vpc,
  vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
  // aws ec2 describe-managed-prefix-lists --filters Name=prefix-list-name,Values=com.amazonaws.eu-central-2.s3
  // or, with credentials: PrefixList.fromLookup(stack, 'S3', { prefixListName: 'com.amazonaws.eu-central-2.s3', ownerId: 'AWS' })
  s3PrefixList: PrefixList.fromPrefixListId(stack, 'S3', 'pl-0123456789abcdef0'),
  dataBuckets: {
    UserData: DataBucketSource.create({ access: [BucketAccess.readWrite()] }),
  },
});
