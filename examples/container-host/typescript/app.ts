import { App, Stack } from 'aws-cdk-lib';
import { InstanceClass, InstanceSize, InstanceType, UserData } from 'aws-cdk-lib/aws-ec2';
import {
  AwsOwnedBucket,
  BucketAccess,
  Compute,
  DataBucketSource,
  PerimeterExemption,
  PrivateEc2S3Access,
} from 'cdk-private-ec2-s3-access';

const stack = new Stack(new App(), 'ContainerHost');
const userData = UserData.forLinux();
const app = new PrivateEc2S3Access(stack, 'App', {
  compute: Compute.container({ instanceType: InstanceType.of(InstanceClass.M7G, InstanceSize.LARGE), userData }),
  awsOwnedBuckets: [AwsOwnedBucket.amazonLinux2023Repositories()],
  dataBuckets: {
    Images: DataBucketSource.create({ access: [BucketAccess.readOnly('images/')] }),
    UserData: DataBucketSource.create({ access: [BucketAccess.readWrite()] }),
  },
  perimeterExemptions: [PerimeterExemption.permissionSet('ImagePublisher')],
});

userData.addCommands(
  'dnf install -y docker',
  'systemctl enable --now docker',
  `until aws s3 cp s3://${app.dataBucket('Images').bucketName}/images/worker.tar.gz /tmp/worker.tar.gz; do sleep 60; done`,
  'docker load --input /tmp/worker.tar.gz',
  'docker run --detach --restart always worker:latest',
);
