import { App, Aws, Stack } from 'aws-cdk-lib';
import { BucketAccess, DataBucketSource, PerimeterExemption, PrivateEc2S3Access } from 'cdk-private-ec2-s3-access';

const stack = new Stack(new App(), 'BreakGlass');
const role = (path: string) => PerimeterExemption.roleArn(`arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/${path}`);

new PrivateEc2S3Access(stack, 'App', {
  perimeterExemptions: [
    PerimeterExemption.permissionSet('BreakGlass'),
    role('service-role/AWSBackupDefaultServiceRole'),
    role('aws-service-role/macie.amazonaws.com/AWSServiceRoleForAmazonMacie'),
    role('deploy/Deployer'),
  ],
  dataBuckets: { UserData: DataBucketSource.create({ access: [BucketAccess.readWrite()] }) },
});
