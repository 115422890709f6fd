import { App, Stack } from 'aws-cdk-lib';
import { BucketAccess, DataBucketSource, PrivateEc2S3Access } from 'cdk-private-ec2-s3-access';

const stack = new Stack(new App(), 'Organization');

new PrivateEc2S3Access(stack, 'App', {
  organization: {
    organizationId: 'o-a1b2c3d4e5',
    organizationalUnitPaths: ['o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/'],
  },
  dataBuckets: { UserData: DataBucketSource.create({ access: [BucketAccess.readWrite()] }) },
});
