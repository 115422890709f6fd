import { Template } from 'aws-cdk-lib/assertions';
import { MachineImage, OperatingSystemType, UserData } from 'aws-cdk-lib/aws-ec2';
import { AwsOwnedBucket, Compute, InstanceOptions } from '../../src';
import { TYPE, annotationsWith, newStack, only, workload } from '../support/resources';

function warningsOf(command: string, awsOwnedBuckets: AwsOwnedBucket[] = [], isFleet = false): string[] {
  const stack = newStack();
  const userData = UserData.forLinux();
  const compute = isFleet
    ? Compute.fleet({ minCapacity: 1, maxCapacity: 2, userData })
    : Compute.instance({ userData });
  const app = workload(stack, { compute, awsOwnedBuckets, proveAtSynthesis: false });
  userData.addCommands(command.replace('BUCKET', app.dataBucket('UserData').bucketName));
  return annotationsWith(stack, 'no way to the packages');
}

const { amazonLinux2023Repositories, ssmAgent, custom } = AwsOwnedBucket;
const mirror = custom({ purpose: 'Mirror', bucketNames: ['vendor-packages'], signedByRole: false });

test.each([
  'dnf install -y nginx',
  'sudo dnf -y -q install nginx',
  'yum update -y && reboot',
  'set -e; dnf upgrade --releasever=latest',
  'if ! dnf install nginx; then exit 1; fi',
  'until yum -y install httpd; do sleep 5; done',
  'amazon-linux-extras install nginx1',
  'apt-get update',
  'apt -y install nginx',
  'pip3 install boto3',
  'npm ci',
  'dnf install -y nginx /opt/ours.rpm',
])('"%s" has no way to its packages', command => {
  expect(warningsOf(command)).toEqual([expect.stringContaining('Training/App/Compute/Instance')]);
});

test.each([
  'echo dnf-install',
  'aws s3 cp s3://BUCKET/ours.rpm /opt/ && rpm -i /opt/ours.rpm',
  'dnf install -y /opt/ours.rpm',
  'pip install --no-index ./wheels/ours.whl',
  'systemctl restart dnf-automatic-install.timer',
  'dnf clean all',
  'cat /etc/yum.repos.d/install',
])('"%s" needs none', command => {
  expect(warningsOf(command)).toEqual([]);
});

test('packages of Amazon Linux come from its repositories, and from nothing else of AWS', () => {
  expect(warningsOf('dnf install -y nginx', [amazonLinux2023Repositories()])).toEqual([]);
  expect(warningsOf('dnf install -y nginx', [ssmAgent()])).toHaveLength(1);
  expect(warningsOf('apt-get install -y nginx', [amazonLinux2023Repositories()])).toHaveLength(1);
});

test('a bucket of the user may have any of them', () => {
  expect(warningsOf('apt-get install -y nginx', [mirror])).toEqual([]);
});

test('a fleet is told of it, too', () => {
  expect(warningsOf('dnf install nginx', [], true)).toEqual([expect.stringContaining('Training/App/Compute/Fleet')]);
});

describe('the root volume fits the image', () => {
  const rootOf = (parameter: string, options: Partial<InstanceOptions> = {}) => {
    const stack = newStack();
    const machineImage = MachineImage.fromSsmParameter(parameter, { os: OperatingSystemType.LINUX });
    workload(stack, { compute: Compute.instance({ machineImage, ...options }), proveAtSynthesis: false });
    const [{ DeviceName, Ebs }] = only(Template.fromStack(stack), TYPE.instance).Properties
      .BlockDeviceMappings as Array<{
      DeviceName: string;
      Ebs: { VolumeSize: number };
    }>;
    return [DeviceName, Ebs.VolumeSize];
  };

  test.each([
    ['/aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id', '/dev/xvda', 30],
    ['/aws/service/eks/optimized-ami/1.34/amazon-linux-2023/arm64/standard/recommended/image_id', '/dev/xvda', 20],
    ['/aws/service/canonical/ubuntu/server/24.04/stable/current/arm64/hvm/ebs-gp3/ami-id', '/dev/sda1', 8],
    ['/aws/service/suse/sles/15-sp6/arm64/latest', '/dev/sda1', 10],
    ['/aws/service/debian/release/12/latest/arm64', '/dev/xvda', 8],
    ['/golden/ami', '/dev/xvda', 8],
  ])('%s', (parameter, device, size) => {
    expect(rootOf(parameter)).toEqual([device, size]);
  });

  test('a name that is given stays', () => {
    expect(rootOf('/aws/service/suse/sles/15-sp6/arm64/latest', { rootDeviceName: '/dev/xvda' })).toEqual([
      '/dev/xvda',
      10,
    ]);
  });
});
