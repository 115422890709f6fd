import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { AdditionalHealthCheckType, HealthChecks, UpdatePolicy } from 'aws-cdk-lib/aws-autoscaling';
import {
  IVpc,
  InstanceType,
  InterfaceVpcEndpoint,
  MachineImage,
  SubnetType,
  UserData,
  WindowsVersion,
} from 'aws-cdk-lib/aws-ec2';
import { ApplicationListener, ApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { InstanceTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import { Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import {
  AwsOwnedBucket,
  BucketAccess,
  Compute,
  DataBucketSource,
  InstanceConnectProtocol,
  PrivateEc2S3Access,
  RemoteAccess,
} from 'cdk-private-ec2-s3-access';

const dataBuckets = () => ({ UserData: DataBucketSource.create({ access: [BucketAccess.readWrite()] }) });

/** Every way to run a workload and to log in to it, and every bucket of AWS. */
export function hosts(app: App): void {
  containerHost(new Stack(app, 'ContainerHost', { env: { account: '111122223333', region: 'us-east-1' } }));
  spotFleet(new Stack(app, 'SpotFleet', { env: { account: '111122223333', region: 'eu-west-1' } }));
  windowsServer(new Stack(app, 'WindowsServer'));
  instancesElsewhere(new Stack(app, 'InstancesElsewhere'));
  servers(new Stack(app, 'Servers'));
}

function containerHost(stack: Stack): void {
  const setup = new Asset(stack, 'Setup', { path: setupScript() });
  const userData = UserData.forLinux();
  userData.addExecuteFileCommand({
    filePath: userData.addS3DownloadCommand({ bucket: setup.bucket, bucketKey: setup.s3ObjectKey }),
  });
  const access = new PrivateEc2S3Access(stack, 'App', {
    dataBuckets: dataBuckets(),
    compute: Compute.container({
      machineImage: MachineImage.fromSsmParameter('/golden/ami'),
      rootDeviceName: '/dev/sda1',
      volumeEncryptionKey: new Key(stack, 'VolumeKey'),
      userData,
      userDataAssets: [setup],
      userDataCausesReplacement: true,
    }),
    awsOwnedBuckets: [
      AwsOwnedBucket.amazonLinux2Repositories(),
      AwsOwnedBucket.awsCli(),
      AwsOwnedBucket.cdkAssets('teama'),
      AwsOwnedBucket.cloudFormationHelperScripts(),
      AwsOwnedBucket.cloudFormationSignals(),
      AwsOwnedBucket.cloudWatchAgent(),
      AwsOwnedBucket.codeDeployAgent(),
      AwsOwnedBucket.ecrImageLayers(),
      AwsOwnedBucket.patchManager(),
    ],
    remoteAccess: RemoteAccess.ec2InstanceConnectEndpoint({ protocol: InstanceConnectProtocol.SSH }),
  });
  new CfnOutput(stack, 'InstanceId', { value: access.compute.instance!.instanceId });
  new CfnOutput(stack, 'ConnectThrough', { value: access.remoteAccess.instanceConnectEndpointId! });
}

/** A script that instances run: the same bytes in every language. */
export function setupScript(): string {
  const file = join(mkdtempSync(join(tmpdir(), 'setup-')), 'setup.sh');
  writeFileSync(file, '#!/bin/sh\necho ready\n');
  return file;
}

function spotFleet(stack: Stack): void {
  const theirs = (id: string, name: string) =>
    InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(stack, id, {
      vpcEndpointId: `vpce-0123456789abcde${name}`,
      port: 443,
    });
  const encryptionKey = new Key(stack, 'SessionKey');
  const access = new PrivateEc2S3Access(stack, 'App', {
    dataBuckets: dataBuckets(),
    compute: Compute.fleet({
      minCapacity: 2,
      maxCapacity: 8,
      capacityRebalance: false,
      defaultInstanceWarmup: Duration.minutes(5),
      healthChecks: HealthChecks.withAdditionalChecks({
        additionalTypes: [AdditionalHealthCheckType.ELB],
        gracePeriod: Duration.minutes(5),
      }),
      httpPutResponseHopLimit: 2,
      mixedInstances: {
        instanceTypes: [new InstanceType('m7g.large'), new InstanceType('m6g.large')],
        instancesDistribution: { onDemandBaseCapacity: 1, onDemandPercentageAboveBaseCapacity: 50 },
      },
      updatePolicy: UpdatePolicy.rollingUpdate({ maxBatchSize: 2, minInstancesInService: 2 }),
    }),
    remoteAccess: RemoteAccess.sessionManager({
      encryptionKey,
      logGroup: new LogGroup(stack, 'Sessions', { encryptionKey }),
      inventory: true,
      patching: false,
      endpoints: {
        kms: theirs('Kms', 'f0'),
        logs: theirs('Logs', 'f1'),
        ssm: theirs('Ssm', 'f2'),
        ssmMessages: theirs('SsmMessages', 'f3'),
      },
    }),
  });
  new CfnOutput(stack, 'GroupName', { value: access.compute.autoScalingGroup!.autoScalingGroupName });
  new CfnOutput(stack, 'SessionDocument', { value: access.remoteAccess.sessionDocumentName! });
  new CfnOutput(stack, 'ForTheEndpoints', {
    value: access.requiredPolicies.map(({ resource }) => resource).join(','),
  });
}

function windowsServer(stack: Stack): void {
  const vendor = AwsOwnedBucket.custom({
    purpose: 'VendorPackages',
    signedByRole: true,
    actions: ['s3:GetObject'],
    bucketNames: ['example-vendor-packages'],
  });
  const tools = AwsOwnedBucket.custom({
    purpose: 'Tools',
    signedByRole: false,
    objectArns: ['arn:aws:s3:::example-tools/windows/*'],
  });
  new PrivateEc2S3Access(stack, 'App', {
    dataBuckets: dataBuckets(),
    compute: Compute.instance({
      machineImage: MachineImage.latestWindows(WindowsVersion.WINDOWS_SERVER_2022_ENGLISH_FULL_BASE),
    }),
    awsOwnedBuckets: [AwsOwnedBucket.windowsDriversAndTools(), vendor, tools],
    remoteAccess: RemoteAccess.ec2InstanceConnectEndpoint({ protocol: InstanceConnectProtocol.RDP }),
  });
  new CfnOutput(stack, 'Purposes', { value: [vendor, tools].map(({ purpose }) => purpose).join(',') });
  new CfnOutput(stack, 'Signed', {
    value: [vendor, tools]
      .filter(each => each.signedByRole)
      .map(each => each.purpose)
      .join(','),
  });
}

function instancesElsewhere(stack: Stack): void {
  const access = new PrivateEc2S3Access(stack, 'App', {
    dataBuckets: dataBuckets(),
    compute: Compute.instanceProfile(),
  });
  new CfnOutput(stack, 'ProfileName', { value: access.compute.instanceProfile!.instanceProfileName });
}

/** A fleet and an instance that serve requests from within their networks. */
function servers(stack: Stack): void {
  const fleet = new PrivateEc2S3Access(stack, 'Fleet', {
    dataBuckets: dataBuckets(),
    compute: Compute.fleet({ minCapacity: 2, maxCapacity: 4 }),
  });
  const group = fleet.compute.autoScalingGroup!;
  listener(stack, 'FleetBalancer', fleet.vpc).addTargets('Servers', { port: 80, targets: [group] });
  group.scaleOnRequestCount('Load', { targetRequestsPerMinute: 600 });
  const one = new PrivateEc2S3Access(stack, 'One', { dataBuckets: dataBuckets() });
  const target = new InstanceTarget(one.compute.instance!);
  listener(stack, 'OneBalancer', one.vpc).addTargets('Servers', { port: 80, targets: [target] });
}

function listener(stack: Stack, id: string, vpc: IVpc): ApplicationListener {
  const vpcSubnets = { subnetType: SubnetType.PRIVATE_ISOLATED };
  return new ApplicationLoadBalancer(stack, id, { vpc, vpcSubnets }).addListener('Http', { port: 80, open: false });
}
