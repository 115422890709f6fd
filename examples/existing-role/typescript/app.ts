import { App, Stack } from 'aws-cdk-lib';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { BucketAccess, DataBucketSource, PrivateEc2S3Access, WorkloadRole } from 'cdk-private-ec2-s3-access';

const stack = new Stack(new App(), 'ExistingRole');

const role = new WorkloadRole(stack, 'Role', {
  roleName: 'Worker',
  path: '/myapp/',
  permissionsBoundary: ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'WorkloadBoundary'),
});

new PrivateEc2S3Access(stack, 'App', {
  role,
  dataBuckets: { UserData: DataBucketSource.create({ access: [BucketAccess.readWrite()] }) },
});
