import { App, Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { BucketAccess, DataBucketSource, PrivateEc2S3Access, S3EndpointMode } from 'cdk-private-ec2-s3-access';

const stack = new Stack(new App(), 'CrossRegionBucket', { env: { account: '111122223333', region: 'eu-west-1' } });

const models = Bucket.fromBucketAttributes(stack, 'Models', {
  bucketName: 'example-models',
  account: '111122223333',
  region: 'us-west-2',
  encryptionKey: Key.fromKeyArn(
    stack,
    'ModelsKey',
    'arn:aws:kms:us-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
  ),
});

new PrivateEc2S3Access(stack, 'App', {
  dataBuckets: {
    UserData: DataBucketSource.create({ access: [BucketAccess.readWrite()] }),
    Models: DataBucketSource.fromBucket(models, { access: [BucketAccess.readOnly()] }),
  },
  s3Endpoint: S3EndpointMode.gatewayAndInterface({ serviceRegion: 'us-west-2' }),
  // AWS does not say that the keys that bind credentials to an instance are sent to another Region
  credentialBinding: false,
});
