import { App, Stack } from 'aws-cdk-lib';
import { BucketAccess, DataBucketSource, PrivateEc2S3Access, S3EndpointMode } from 'cdk-private-ec2-s3-access';

const stack = new Stack(new App(), 'InterfaceEndpoint');
new PrivateEc2S3Access(stack, 'App', {
  dataBuckets: {
    UserData: DataBucketSource.create({ access: [BucketAccess.readWrite()] }),
    Models: DataBucketSource.create({ access: [BucketAccess.readOnly('models/')] }),
  },
  s3Endpoint: S3EndpointMode.interfaceEndpoint(),
});
