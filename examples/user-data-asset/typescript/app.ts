import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { UserData } from 'aws-cdk-lib/aws-ec2';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { BucketAccess, Compute, DataBucketSource, PrivateEc2S3Access } from 'cdk-private-ec2-s3-access';

const stack = new Stack(new App(), 'UserDataAsset');
const setup = new Asset(stack, 'Setup', { path: join(__dirname, 'setup.sh') });
const userData = UserData.forLinux();
userData.addExecuteFileCommand({
  filePath: userData.addS3DownloadCommand({ bucket: setup.bucket, bucketKey: setup.s3ObjectKey }),
});

new PrivateEc2S3Access(stack, 'App', {
  compute: Compute.instance({ userData, userDataAssets: [setup] }),
  dataBuckets: { UserData: DataBucketSource.create({ access: [BucketAccess.readWrite()] }) },
});
