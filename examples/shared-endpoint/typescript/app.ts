import { App, Stack } from 'aws-cdk-lib';
import {
  AccessList,
  BucketAccess,
  DataBucket,
  DataEncryption,
  DataKey,
  PrivateFleet,
  PrivateNetwork,
  S3Endpoint,
  WorkloadRole,
} from 'cdk-private-ec2-s3-access';

const stack = new Stack(new App(), 'SharedEndpoint');

const accessList = new AccessList();
const network = new PrivateNetwork(stack, 'Network');
const vpc = network.vpc;
const s3Endpoint = new S3Endpoint(stack, 'S3Endpoint', { accessList, vpc });
const key = new DataKey(stack, 'Key', { accessList });
const shared = new DataBucket(stack, 'Shared', { accessList, encryption: DataEncryption.existingKey(key) });

const collector = new WorkloadRole(stack, 'CollectorRole', { accessList });
const trainer = new WorkloadRole(stack, 'TrainerRole', { accessList });
accessList.allow({ role: collector, bucket: shared.bucket, access: [BucketAccess.writeOnly('raw/')] });
accessList.allow({
  role: trainer,
  bucket: shared.bucket,
  access: [BucketAccess.readOnly('raw/'), BucketAccess.readWrite('models/')],
});

const waitFor = [network.routed, shared.policy];
new PrivateFleet(stack, 'Collectors', { vpc, s3Endpoint, waitFor, role: collector, minCapacity: 1, maxCapacity: 1 });
new PrivateFleet(stack, 'Trainers', { vpc, s3Endpoint, waitFor, role: trainer, minCapacity: 1, maxCapacity: 4 });
