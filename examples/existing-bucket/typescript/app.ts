import { App, Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { BucketAccess, DataBucketSource, PrivateEc2S3Access } from 'cdk-private-ec2-s3-access';

const env = { account: '111122223333', region: 'eu-west-1' };
const stack = new Stack(new App(), 'ExistingBucket', { env });

const datasets = Bucket.fromBucketAttributes(stack, 'Datasets', {
  bucketName: 'example-datasets',
  encryptionKey: Key.fromKeyArn(
    stack,
    'DatasetsKey',
    'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
  ),
});

new PrivateEc2S3Access(stack, 'App', {
  dataBuckets: {
    Datasets: DataBucketSource.fromBucket(datasets, { access: [BucketAccess.readOnly('public/')] }),
    Results: DataBucketSource.create({ access: [BucketAccess.readWrite()] }),
  },
});
