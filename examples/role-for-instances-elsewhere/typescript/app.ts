import { App, Stack, Validations } from 'aws-cdk-lib';
import {
  AmazonLinuxCpuType,
  BlockDeviceVolume,
  HttpTokens,
  Instance,
  InstanceClass,
  InstanceSize,
  InstanceType,
  MachineImage,
  SubnetType,
} from 'aws-cdk-lib/aws-ec2';
import { BucketAccess, Compute, DataBucketSource, PrivateEc2S3Access } from 'cdk-private-ec2-s3-access';

const stack = new Stack(new App(), 'RoleForInstancesElsewhere');
const app = new PrivateEc2S3Access(stack, 'App', {
  compute: Compute.instanceProfile(),
  dataBuckets: { UserData: DataBucketSource.create({ access: [BucketAccess.readWrite()] }) },
});

const theirs = new Instance(stack, 'Theirs', {
  vpc: app.vpc,
  vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
  instanceType: InstanceType.of(InstanceClass.M7G, InstanceSize.LARGE),
  machineImage: MachineImage.latestAmazonLinux2023({ cpuType: AmazonLinuxCpuType.ARM_64 }),
  blockDevices: [{ deviceName: '/dev/xvda', volume: BlockDeviceVolume.ebs(20, { encrypted: true }) }],
  instanceProfile: app.compute.instanceProfile,
  securityGroup: app.connections.securityGroups[0],
  httpTokens: HttpTokens.REQUIRED,
  httpPutResponseHopLimit: 1,
  detailedMonitoring: true,
  ebsOptimized: true,
});
theirs.node.addDependency(app);

Validations.of(theirs).acknowledge(
  {
    id: 'AwsSolutions::AwsSolutions-EC29',
    reason: 'termination protection would block the replacement of the instance by CloudFormation',
  },
  {
    id: 'cdk-validator-cfnguard::ec2_instance_no_public_ip_check',
    reason: 'the isolated subnet gives no public addresses',
  },
);
