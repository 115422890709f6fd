import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { BucketAccess, DataBucketSource, PrivateEc2S3Access, RemoteAccess } from 'cdk-private-ec2-s3-access';

const stack = new Stack(new App(), 'InstanceConnect');
const app = new PrivateEc2S3Access(stack, 'App', {
  remoteAccess: RemoteAccess.ec2InstanceConnectEndpoint(),
  dataBuckets: { UserData: DataBucketSource.create({ access: [BucketAccess.readWrite()] }) },
});
new CfnOutput(stack, 'InstanceId', { value: app.compute.instance!.instanceId });
