import { App, AspectPriority, Aspects, Size, Stack } from 'aws-cdk-lib';
import {
  CfnInstanceConnectEndpoint,
  InstanceType,
  PrefixList,
  SecurityGroup,
  UserData,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Alias, Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { bad, BadInput } from './bad-input';
import {
  BucketAccess,
  Compute,
  DataBucketPolicy,
  DataBucketSource,
  DataEncryption,
  OnPremisesAccess,
  PerimeterExemption,
  RemoteAccess,
  RemoteWorkload,
  WorkloadsOuGuardrails,
} from '../../src';
import { AccessList, WorkloadRole } from '../support/parts';
import { IRELAND, OTHER_ACCOUNT, importedVpc, newStack, oneBucket, workload } from '../support/resources';

const access = [BucketAccess.readOnly()];
const ROLE_ARN = 'arn:aws:iam::111122223333:role/workloads/Reader';
const IN_CHINA = 'arn:aws-cn:iam::111122223333:role/Admin';

const type = (name: string) =>
  bad(
    `the instance type ${name}`,
    () => Compute.instance({ instanceType: new InstanceType(name) }),
    'Compute.instance',
    'instanceType',
    JSON.stringify(name),
  );

const network = (name: string) =>
  bad(
    `the on-premises network ${name}`,
    () =>
      OnPremisesAccess.fromRole(Role.fromRoleArn(newStack(), 'Role', ROLE_ARN), {
        access: { UserData: access },
        networks: [name],
      }),
    'OnPremisesAccess.fromRole',
    'networks',
    JSON.stringify(name),
  );

const key = (id: string) =>
  bad(
    `a data bucket whose key is ${id}`,
    () => workload(newStack(), { dataBuckets: { [id]: oneBucket().UserData } }),
    'Training/App',
    'dataBuckets',
    JSON.stringify(id),
  );

const description = (name: string, text: string) =>
  bad(
    `the description of a role ${name}`,
    () => new WorkloadRole(newStack(), 'Role', { description: text }),
    'Training/Role',
    'description',
    JSON.stringify(text),
  );

function otherVpc(stack: Stack): Vpc {
  return new Vpc(stack, 'Other', { natGateways: 0 });
}

const UNDEPLOYABLE: readonly BadInput[] = [
  ...['t2.micro', 'm1.small', 'c3.large', 'r3.8xlarge', 'T4G.MICRO', 't4g', 'not a type'].map(type),
  ...['999.1.1.1/8', '0.0.0.0/1', '128.0.0.0/1', '0.0.0.0/0', '10.0.0.1/8', '10.0.0.0', '010.0.0.0/8', '::/0'].map(
    network,
  ),
  ...['Default', 'Resource', 'constructor', 'toString', 'hasOwnProperty'].map(key),
  description('in Japanese', '読み取り'),
  description('with an emoji', 'reads 🪣'),
  description('of 1,001 characters', 'x'.repeat(1001)),
  bad(
    'the path of a role without slashes',
    () => new WorkloadRole(newStack(), 'Role', { path: 'workloads' }),
    'Training/Role',
    'path',
    '"workloads"',
  ),
  bad(
    'the name of a role of 65 characters',
    () => new WorkloadRole(newStack(), 'Role', { roleName: 'r'.repeat(65) }),
    'Training/Role',
    'roleName',
    JSON.stringify('r'.repeat(65)),
  ),
  bad(
    'an alias as key',
    () => DataEncryption.existingKey(Alias.fromAliasName(newStack(), 'Alias', 'alias/data')),
    'DataEncryption.existingKey',
    'key',
    'Training/Alias',
  ),
  bad(
    'a key for signatures',
    () =>
      DataEncryption.existingKey(
        new Key(newStack(), 'Key', { keySpec: KeySpec.RSA_2048, keyUsage: KeyUsage.SIGN_VERIFY }),
      ),
    'DataEncryption.existingKey',
    'key',
    'Training/Key',
  ),
  bad(
    'a key of another Region',
    () => {
      const stack = newStack(IRELAND);
      const theirs = Key.fromKeyArn(stack, 'Theirs', 'arn:aws:kms:us-east-1:111122223333:key/1');
      return workload(stack, { encryption: DataEncryption.existingKey(theirs) });
    },
    'Training/App',
    'encryption',
    'Training/Theirs',
  ),
  bad(
    'a VPC of another Region',
    () => {
      const stack = newStack(IRELAND);
      const vpc = Vpc.fromVpcAttributes(stack, 'Theirs', {
        vpcId: 'vpc-1',
        availabilityZones: ['a'],
        isolatedSubnetIds: ['subnet-1'],
        isolatedSubnetRouteTableIds: ['rtb-1'],
        region: 'us-east-1',
      });
      return workload(stack, { vpc });
    },
    'Training/App',
    'vpc',
    'Training/Theirs',
  ),
  bad(
    'a security group of another VPC',
    () => {
      const stack = newStack();
      const securityGroup = new SecurityGroup(stack, 'Group', { vpc: otherVpc(stack), allowAllOutbound: false });
      const vpc = new Vpc(stack, 'Vpc', { natGateways: 0 });
      return workload(stack, { vpc, securityGroup, vpcSubnets: { subnets: vpc.isolatedSubnets } });
    },
    'Training/App',
    'securityGroup',
    'Training/Group',
  ),
  bad(
    'a prefix list that is none',
    () => {
      const stack = newStack();
      return workload(stack, { s3PrefixList: PrefixList.fromPrefixListId(stack, 'S3', 's3') });
    },
    'Training/App',
    's3PrefixList',
    '"s3"',
  ),
  bad(
    'user data of more than 16 KB',
    () => {
      const userData = UserData.forLinux();
      userData.addCommands('x'.repeat(17_000));
      return Compute.instance({ userData });
    },
    'Compute.instance',
    'userData',
    '"user data of 17012 bytes"',
  ),
  bad(
    'a root volume that is no whole number of gibibytes',
    () => Compute.instance({ rootVolumeSize: Size.mebibytes(8500) }),
    'Compute.instance',
    'rootVolumeSize',
    '"8.30078125 GiB"',
  ),
  bad(
    'a root volume below that of the image',
    () => workload(newStack(), { compute: Compute.instance({ rootVolumeSize: Size.gibibytes(4) }) }),
    'Training/App',
    'compute.rootVolumeSize',
    '"4 GiB"',
  ),
  bad(
    'a second EC2 Instance Connect Endpoint',
    () => {
      const stack = newStack();
      const vpc = importedVpc(stack);
      new CfnInstanceConnectEndpoint(stack, 'First', { subnetId: vpc.isolatedSubnets[0].subnetId });
      return workload(stack, { vpc, remoteAccess: RemoteAccess.ec2InstanceConnectEndpoint() });
    },
    'Training/App',
    'remoteAccess',
    '"an EC2 Instance Connect Endpoint"',
  ),
  bad(
    'an exemption of another partition',
    () => workload(newStack(IRELAND), { perimeterExemptions: [PerimeterExemption.roleArn(IN_CHINA)] }),
    'Training/App',
    'perimeterExemptions',
    JSON.stringify(IN_CHINA),
  ),
  bad(
    'guardrails that exempt a role of another partition',
    () =>
      new WorkloadsOuGuardrails(newStack(IRELAND), 'G', {
        organizationId: 'o-a1b2c3d4e5',
        targetIds: ['ou-ab12-11111111'],
        exemptRoleArns: [IN_CHINA],
      }),
    'Training/G',
    'exemptRoleArns',
    JSON.stringify(IN_CHINA),
  ),
];

const LATE: readonly BadInput[] = [
  bad(
    'a data bucket after synthesis',
    () => {
      const stack = newStack();
      const app = workload(stack, { proveAtSynthesis: false });
      (stack.node.root as App).synth();
      return app.addDataBucket('More', oneBucket().UserData);
    },
    'Training/App',
    'dataBuckets',
    '"More"',
  ),
  bad(
    'a data bucket in an aspect that runs after the policies',
    () => {
      const stack = newStack();
      const app = workload(stack, { proveAtSynthesis: false });
      const visit = (node: unknown) => {
        if (node === app && app.node.tryFindChild('DataBuckets')?.node.tryFindChild('More') === undefined) {
          app.addDataBucket('More', oneBucket().UserData);
        }
      };
      Aspects.of(stack).add({ visit }, { priority: AspectPriority.READONLY });
      return (stack.node.root as App).synth();
    },
    'Training/App',
    'dataBuckets',
    '"More"',
  ),
  bad(
    'the role of the workload as exemption',
    () => {
      const stack = newStack();
      const role = new WorkloadRole(stack, 'Role');
      return workload(stack, { role, perimeterExemptions: [PerimeterExemption.role(role)] });
    },
    'Training/App',
    'perimeterExemptions',
    'Training/Role',
  ),
  bad(
    'a role as exemption of the list that grants it something',
    () => {
      const stack = newStack();
      const role = Role.fromRoleArn(stack, 'Role', ROLE_ARN);
      const list = new AccessList({ perimeterExemptions: [PerimeterExemption.role(role)] });
      return list.allow({ role, bucket: Bucket.fromBucketName(stack, 'Bucket', 'example'), access });
    },
    'Training/Bucket',
    'perimeterExemptions',
    'Training/Role',
  ),
  bad(
    'the log bucket as data bucket',
    () => {
      const stack = newStack();
      const logs = new Bucket(stack, 'Logs');
      return workload(stack, {
        accessLogsBucket: logs,
        dataBuckets: { ...oneBucket(), Logs: DataBucketSource.fromBucket(logs, { access }) },
      });
    },
    'Training/App',
    'dataBuckets.Logs',
    'Training/Logs',
  ),
  bad(
    'a bucket that another bucket logs to as data bucket',
    () => {
      const stack = newStack();
      const logs = new Bucket(stack, 'Logs');
      new Bucket(stack, 'Other', { serverAccessLogsBucket: logs });
      return workload(stack, { dataBuckets: { Logs: DataBucketSource.fromBucket(logs, { access }) } });
    },
    'Training/App',
    'dataBuckets.Logs',
    'Training/Logs',
  ),
  bad(
    'two policies for workloads on one bucket',
    () => {
      const stack = newStack();
      const bucket = new Bucket(stack, 'Shared');
      const workloads = [RemoteWorkload.fromAttributes({ roleArn: ROLE_ARN, access })];
      new DataBucketPolicy(stack, 'One', { bucket, workloads });
      return new DataBucketPolicy(stack, 'Two', { bucket, workloads });
    },
    'Training/Two',
    'bucket',
    'Training/Shared',
  ),
  bad(
    'a role without a name of a workload in another account',
    () => {
      const app = new App();
      const archive = new Stack(app, 'Archive', { env: { ...IRELAND, account: OTHER_ACCOUNT } });
      const training = new Stack(app, 'Training', { env: IRELAND });
      const theirs = Bucket.fromBucketAttributes(training, 'Theirs', {
        bucketName: 'example-archive',
        account: OTHER_ACCOUNT,
      });
      const own = workload(training, { dataBuckets: { Archive: DataBucketSource.fromBucket(theirs, { access }) } });
      return new DataBucketPolicy(archive, 'Policy', {
        bucket: new Bucket(archive, 'Bucket', { bucketName: 'example-archive' }),
        workloads: [RemoteWorkload.fromWorkload(own, 'Archive')],
      });
    },
    'Archive/Policy',
    'workloads',
    'Training/App/Role',
  ),
];

/** What could be written and not deployed, and what comes too late or undoes something. */
export const TOO_LATES: readonly BadInput[] = [...UNDEPLOYABLE, ...LATE];
