import { App, Stack } from 'aws-cdk-lib';
import {
  BucketAccess,
  Compute,
  DataBucketSource,
  DataEncryption,
  PrivateEc2S3Access,
  S3EndpointMode,
} from 'cdk-private-ec2-s3-access';

const stack = new Stack(new App(), 'SharedEndpoint');

const collectors = new PrivateEc2S3Access(stack, 'Collectors', {
  dataBuckets: { Shared: DataBucketSource.create({ access: [BucketAccess.writeOnly('raw/')] }) },
  compute: Compute.fleet({ minCapacity: 1, maxCapacity: 1 }),
});
const shared = collectors.dataBucket('Shared');

new PrivateEc2S3Access(stack, 'Trainers', {
  vpc: collectors.vpc,
  s3Endpoint: S3EndpointMode.shared(collectors),
  encryption: DataEncryption.existingKey(shared.encryptionKey!),
  dataBuckets: {
    Shared: DataBucketSource.fromBucket(shared, {
      access: [BucketAccess.readOnly('raw/'), BucketAccess.readWrite('models/')],
    }),
  },
  compute: Compute.fleet({ minCapacity: 1, maxCapacity: 4 }),
});
