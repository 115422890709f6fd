import { Aws, Stack, Token, Validations } from 'aws-cdk-lib';
import { InstanceRefreshStrategy, UpdatePolicy } from 'aws-cdk-lib/aws-autoscaling';
import { InstanceType, MachineImage, PrefixList, WindowsVersion } from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import {
  AwsOwnedBucket,
  BucketAccess,
  Compute,
  DataBucketSource,
  DataEncryption,
  DnsFirewall,
  InstanceConnectProtocol,
  PerimeterExemption,
  PrivateEc2S3Access,
  PrivateEc2S3AccessProps,
  RemoteAccess,
  S3EndpointMode,
} from '../../src';

/** The smallest use: one bucket, everything else left out. */
export function oneBucket(stack: Stack, id = 'App'): PrivateEc2S3Access {
  return new PrivateEc2S3Access(stack, id, {
    dataBuckets: { UserData: DataBucketSource.create({ access: [BucketAccess.readWrite()] }) },
  });
}

/** The quick start of the README. */
export function quickStart(stack: Stack, props: Partial<PrivateEc2S3AccessProps> = {}, id = 'App'): PrivateEc2S3Access {
  return new PrivateEc2S3Access(stack, id, {
    dataBuckets: {
      UserData: DataBucketSource.create({ access: [BucketAccess.readWrite()] }),
      Datasets: DataBucketSource.create({ access: [BucketAccess.readOnly('datasets/')] }),
    },
    ...props,
  });
}

/** The quick start in a VPC that resolves listed names only. */
export function listedNames(stack: Stack): PrivateEc2S3Access {
  return quickStart(stack, { dnsFirewall: DnsFirewall.listedDomains({ additionalDomains: ['*.corp.example.com'] }) });
}

/** Every option of the contract at once, in a network of its own. */
export function everyOption(stack: Stack, props: Partial<PrivateEc2S3AccessProps> = {}): PrivateEc2S3Access {
  const { partition = 'aws' } = Token.isUnresolved(stack.region) ? {} : RegionInfo.get(stack.region);
  const archive = Bucket.fromBucketAttributes(stack, 'Archive', {
    bucketArn: `arn:${partition}:s3:::example-log-archive`,
    account: '999988887777',
  });
  const deployRole = Role.fromRoleArn(
    stack,
    'DeployRole',
    `arn:${Aws.PARTITION}:iam::111122223333:role/deploy/Deployer`,
  );
  return new PrivateEc2S3Access(stack, 'App', {
    compute: Compute.fleet({ minCapacity: 2, maxCapacity: 20 }),
    s3Endpoint: S3EndpointMode.gateway(),
    s3PrefixList: PrefixList.fromPrefixListId(stack, 'S3PrefixList', 'pl-63a5400a'),
    dataBuckets: {
      UserData: DataBucketSource.create({
        access: [BucketAccess.readWrite()],
        bucketName: 'myapp-prod-user-data-bucket',
      }),
      LogArchive: DataBucketSource.fromBucket(archive, { access: [BucketAccess.writeOnly('myapp/')] }),
      Models: DataBucketSource.create({
        access: [BucketAccess.readOnly('models/'), BucketAccess.of(['s3:GetObjectVersion'], 'models/')],
      }),
    },
    encryption: DataEncryption.customerManagedKey(),
    awsOwnedBuckets: [AwsOwnedBucket.amazonLinux2023Repositories(), AwsOwnedBucket.ssmAgent()],
    remoteAccess: RemoteAccess.sessionManager(),
    organization: {
      organizationId: 'o-a1b2c3d4e5',
      organizationalUnitPaths: ['o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/'],
      accounts: ['111122223333'],
    },
    perimeterExemptions: [PerimeterExemption.permissionSet('BreakGlass'), PerimeterExemption.role(deployRole)],
    credentialBinding: true,
    ...props,
  });
}

/** Every option, with an endpoint of each kind and a bucket that is added later. */
export function fullExample(stack: Stack, props: Partial<PrivateEc2S3AccessProps> = {}): PrivateEc2S3Access {
  const access = everyOption(stack, { s3Endpoint: S3EndpointMode.gatewayAndInterface(), ...props });
  access.addDataBucket('Scratch', DataBucketSource.create({ access: [BucketAccess.readWrite()] }));
  return access;
}

/** Every opt-in for buckets of AWS; those that exist everywhere, where the Region is not us-east-1. */
export function everyAwsOwnedBucket(stack: Stack): PrivateEc2S3Access {
  const { region } = stack;
  return quickStart(stack, {
    awsOwnedBuckets: [
      AwsOwnedBucket.amazonLinux2023Repositories(),
      AwsOwnedBucket.amazonLinux2Repositories(),
      AwsOwnedBucket.ssmAgent(),
      ...(Token.isUnresolved(region) ? [] : [AwsOwnedBucket.patchManager()]),
      AwsOwnedBucket.cloudWatchAgent(),
      AwsOwnedBucket.codeDeployAgent(),
      AwsOwnedBucket.ecrImageLayers(),
      AwsOwnedBucket.cloudFormationSignals(),
      AwsOwnedBucket.windowsDriversAndTools(),
      AwsOwnedBucket.cdkAssets(),
      ...(region === 'us-east-1' ? [AwsOwnedBucket.cloudFormationHelperScripts(), AwsOwnedBucket.awsCli()] : []),
      AwsOwnedBucket.custom({ purpose: 'VendorPackages', bucketNames: ['vendor-packages'], signedByRole: false }),
      AwsOwnedBucket.custom({
        purpose: 'VendorInbox',
        objectArns: [`arn:${Aws.PARTITION}:s3:::vendor-inbox/customer-7/*`],
        actions: ['s3:PutObject'],
        signedByRole: true,
      }),
    ],
  });
}

/** A bucket that exists, and none that is made: the log bucket takes flow logs only. */
export function existingBucket(stack: Stack): PrivateEc2S3Access {
  const archive = Bucket.fromBucketAttributes(stack, 'Archive', { bucketArn: 'arn:aws:s3:::example-archive' });
  return new PrivateEc2S3Access(stack, 'App', {
    dataBuckets: { Archive: DataBucketSource.fromBucket(archive, { access: [BucketAccess.readOnly()] }) },
  });
}

/** S3 encrypts with its own keys, and the endpoint is an interface instead of a gateway. */
export function s3ManagedThroughInterface(stack: Stack): PrivateEc2S3Access {
  return new PrivateEc2S3Access(stack, 'App', {
    dataBuckets: { UserData: DataBucketSource.create({ access: [BucketAccess.readWrite()] }) },
    encryption: DataEncryption.s3Managed(),
    s3Endpoint: S3EndpointMode.interfaceEndpoint(),
  });
}

/** Spot instances of several types that read an asset, and people whose sessions are encrypted and kept. */
export function spotFleet(stack: Stack): PrivateEc2S3Access {
  const encryptionKey = new Key(stack, 'SessionKey', { enableKeyRotation: true });
  Validations.of(encryptionKey).acknowledge({
    id: 'cdk-validator-cfnguard::kms_create_grant_aws_service_check',
    reason: 'the default key policy lets the IAM policies of the account decide',
  });
  encryptionKey.grantEncryptDecrypt(new ServicePrincipal(`logs.${Aws.REGION}.${Aws.URL_SUFFIX}`));
  const logGroup = new LogGroup(stack, 'Sessions', { retention: RetentionDays.ONE_YEAR, encryptionKey });
  const setup = new Asset(stack, 'Setup', { path: __filename });
  return new PrivateEc2S3Access(stack, 'App', {
    dataBuckets: { UserData: DataBucketSource.create({ access: [BucketAccess.readWrite()] }) },
    compute: Compute.fleet({
      minCapacity: 2,
      maxCapacity: 20,
      mixedInstances: {
        instanceTypes: ['m7g.large', 'm6g.large', 'c7g.xlarge'].map(name => new InstanceType(name)),
        instancesDistribution: { onDemandPercentageAboveBaseCapacity: 0 },
      },
      updatePolicy: UpdatePolicy.instanceRefresh({ strategy: InstanceRefreshStrategy.ROLLING }),
      userDataAssets: [setup],
    }),
    remoteAccess: RemoteAccess.sessionManager({ encryptionKey, logGroup }),
  });
}

/** A Windows Server whose desktop people reach through EC2 Instance Connect. */
export function windowsServer(stack: Stack): PrivateEc2S3Access {
  return quickStart(stack, {
    compute: Compute.instance({
      machineImage: MachineImage.latestWindows(WindowsVersion.WINDOWS_SERVER_2022_ENGLISH_FULL_BASE),
    }),
    remoteAccess: RemoteAccess.ec2InstanceConnectEndpoint({ protocol: InstanceConnectProtocol.RDP }),
  });
}

/** An instance for containers. */
export function containerHost(stack: Stack): PrivateEc2S3Access {
  return quickStart(stack, { compute: Compute.container() });
}

/** An instance profile for instances that are made elsewhere. */
export function instancesElsewhere(stack: Stack): PrivateEc2S3Access {
  return quickStart(stack, { compute: Compute.instanceProfile() });
}
