import { App, Stack } from 'aws-cdk-lib';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { BucketAccess, DataBucketSource, PrivateEc2S3Access } from 'cdk-private-ec2-s3-access';

const stack = new Stack(new App(), 'ExistingRole');

const role = new Role(stack, 'Role', {
  assumedBy: new ServicePrincipal('ec2.amazonaws.com'),
  roleName: 'Worker',
  path: '/myapp/',
  permissionsBoundary: ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'WorkloadBoundary'),
});

new PrivateEc2S3Access(stack, 'App', {
  role,
  dataBuckets: { UserData: DataBucketSource.create({ access: [BucketAccess.readWrite()] }) },
});
