import { App, Stack } from 'aws-cdk-lib';
import { UserData } from 'aws-cdk-lib/aws-ec2';
import {
  AwsOwnedBucket,
  BucketAccess,
  Compute,
  DataBucketSource,
  PrivateEc2S3Access,
  RemoteAccess,
} from 'cdk-private-ec2-s3-access';

const app = new App();
// the names of Patch Manager's buckets differ in each Region, so the Region is concrete
const stack = new Stack(app, 'PackagesAndAgents', { env: { account: '111122223333', region: 'eu-west-1' } });

const userData = UserData.forLinux();
userData.addCommands('dnf install -y python3-pip amazon-cloudwatch-agent');

new PrivateEc2S3Access(stack, 'App', {
  dataBuckets: {
    UserData: DataBucketSource.create({ access: [BucketAccess.readWrite()] }),
  },
  compute: Compute.instance({ userData }),
  awsOwnedBuckets: [
    AwsOwnedBucket.amazonLinux2023Repositories(),
    AwsOwnedBucket.cloudWatchAgent(),
    AwsOwnedBucket.custom({ purpose: 'VendorPackages', bucketNames: ['example-vendor-packages'], signedByRole: false }),
  ],
  remoteAccess: RemoteAccess.sessionManager({ patching: true, inventory: true }),
});
