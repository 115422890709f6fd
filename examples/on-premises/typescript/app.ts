import { App, Stack } from 'aws-cdk-lib';
import { Role } from 'aws-cdk-lib/aws-iam';
import {
  BucketAccess,
  DataBucketSource,
  OnPremisesAccess,
  PrivateEc2S3Access,
  S3EndpointMode,
} from 'cdk-private-ec2-s3-access';

const stack = new Stack(new App(), 'OnPremises', { env: { account: '111122223333', region: 'eu-west-1' } });
const uploader = Role.fromRoleArn(stack, 'Uploader', 'arn:aws:iam::111122223333:role/on-premises/Uploader');

new PrivateEc2S3Access(stack, 'App', {
  dataBuckets: { UserData: DataBucketSource.create({ access: [BucketAccess.readWrite()] }) },
  s3Endpoint: S3EndpointMode.gatewayAndInterface(),
  onPremises: {
    Uploads: OnPremisesAccess.fromRole(uploader, {
      networks: ['192.168.0.0/16'],
      access: { UserData: [BucketAccess.writeOnly('uploads/')] },
    }),
  },
});
