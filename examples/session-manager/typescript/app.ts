import { App, Aws, CfnOutput, Stack, Validations } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  AwsOwnedBucket,
  BucketAccess,
  DataBucketSource,
  PrivateEc2S3Access,
  RemoteAccess,
} from 'cdk-private-ec2-s3-access';

const stack = new Stack(new App(), 'SessionManager');
const encryptionKey = new Key(stack, 'SessionKey', { enableKeyRotation: true, description: 'Sessions and their logs' });
Validations.of(encryptionKey).acknowledge({
  id: 'cdk-validator-cfnguard::kms_create_grant_aws_service_check',
  reason: 'the default key policy lets the IAM policies of the account decide on grants',
});
encryptionKey.grantEncryptDecrypt(new ServicePrincipal(`logs.${Aws.REGION}.${Aws.URL_SUFFIX}`));
const logGroup = new LogGroup(stack, 'Sessions', { retention: RetentionDays.ONE_YEAR, encryptionKey });

const app = new PrivateEc2S3Access(stack, 'App', {
  remoteAccess: RemoteAccess.sessionManager({ encryptionKey, logGroup }),
  awsOwnedBuckets: [AwsOwnedBucket.ssmAgent()],
  dataBuckets: { UserData: DataBucketSource.create({ access: [BucketAccess.readWrite()] }) },
});
new CfnOutput(stack, 'SessionDocument', { value: app.remoteAccess.sessionDocumentName! });
