import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { BucketAccess, DataBucketSource, PrivateEc2S3Access } from 'cdk-private-ec2-s3-access';

const stack = new Stack(new App(), 'QuickStart');
const app = new PrivateEc2S3Access(stack, 'App', {
  dataBuckets: {
    UserData: DataBucketSource.create({ access: [BucketAccess.readWrite()] }),
    Datasets: DataBucketSource.create({ access: [BucketAccess.readOnly('datasets/')] }),
  },
});
new CfnOutput(stack, 'UserDataBucket', { value: app.dataBucket('UserData').bucketName });
new CfnOutput(stack, 'DatasetsBucket', { value: app.dataBucket('Datasets').bucketName });
new CfnOutput(stack, 'InstanceId', { value: app.compute.instance!.instanceId });
new CfnOutput(stack, 'RoleArn', { value: app.role.roleArn });
