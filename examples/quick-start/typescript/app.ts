import { App, Stack } from 'aws-cdk-lib';
import { BucketAccess, DataBucketSource, PrivateEc2S3Access } from 'cdk-private-ec2-s3-access';

const stack = new Stack(new App(), 'QuickStart');
new PrivateEc2S3Access(stack, 'App', {
  dataBuckets: {
    UserData: DataBucketSource.create({ access: [BucketAccess.readWrite()] }),
    Datasets: DataBucketSource.create({ access: [BucketAccess.readOnly('datasets/')] }),
  },
});
