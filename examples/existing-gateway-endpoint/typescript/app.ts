import { App, Stack } from 'aws-cdk-lib';
import { GatewayVpcEndpoint, Vpc } from 'aws-cdk-lib/aws-ec2';
import {
  BucketAccess,
  DataBucketSource,
  PrivateEc2S3Access,
  RemoteAccess,
  S3EndpointMode,
} from 'cdk-private-ec2-s3-access';

const stack = new Stack(new App(), 'ExistingGatewayEndpoint', {
  env: { account: '111122223333', region: 'eu-west-1' },
});

const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', {
  vpcId: 'vpc-0123456789abcdef0',
  vpcCidrBlock: '10.20.0.0/16',
  availabilityZones: ['eu-west-1a', 'eu-west-1b'],
  isolatedSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
  isolatedSubnetRouteTableIds: ['rtb-0123456789abcdef0', 'rtb-0123456789abcdef1'],
});
const endpoint = GatewayVpcEndpoint.fromGatewayVpcEndpointId(stack, 'Endpoint', 'vpce-0123456789abcdef0');

new PrivateEc2S3Access(stack, 'App', {
  vpc,
  s3Endpoint: S3EndpointMode.fromGatewayEndpoint(endpoint),
  remoteAccess: RemoteAccess.sessionManager(),
  dataBuckets: {
    UserData: DataBucketSource.create({ access: [BucketAccess.readWrite()] }),
  },
});
