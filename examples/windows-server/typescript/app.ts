import { App, Stack } from 'aws-cdk-lib';
import { MachineImage, UserData, WindowsVersion } from 'aws-cdk-lib/aws-ec2';
import { BucketAccess, Compute, DataBucketSource, PrivateEc2S3Access } from 'cdk-private-ec2-s3-access';

const stack = new Stack(new App(), 'WindowsServer');
const userData = UserData.forWindows();
const app = new PrivateEc2S3Access(stack, 'App', {
  compute: Compute.instance({
    machineImage: MachineImage.latestWindows(WindowsVersion.WINDOWS_SERVER_2022_ENGLISH_FULL_BASE),
    userData,
  }),
  dataBuckets: {
    Exchange: DataBucketSource.create({ access: [BucketAccess.readOnly('in/'), BucketAccess.writeOnly('out/')] }),
  },
});
userData.addCommands(
  `Read-S3Object -BucketName ${app.dataBucket('Exchange').bucketName} -KeyPrefix in/ -Folder C:\\exchange`,
);
