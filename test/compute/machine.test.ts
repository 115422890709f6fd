import { CfnParameter, Size } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import {
  InstanceClass,
  InstanceSize,
  InstanceType,
  MachineImage,
  OperatingSystemType,
  UserData,
  WindowsVersion,
} from 'aws-cdk-lib/aws-ec2';
import { Compute, InstanceOptions } from '../../src';
import { AccessList, PrivateInstance, PrivateNetwork, S3Endpoint, WorkloadRole } from '../support/parts';
import { TYPE, errorOf, newStack, only, synthesize, workload } from '../support/resources';
import { validatedStack } from '../support/validated';

const windows = () => MachineImage.latestWindows(WindowsVersion.WINDOWS_SERVER_2022_ENGLISH_FULL_BASE);
const x86 = InstanceType.of(InstanceClass.M7I, InstanceSize.LARGE);
const arm = InstanceType.of(InstanceClass.M7G, InstanceSize.LARGE);
const unproven = (compute: Compute) => synthesize({ compute, proveAtSynthesis: false }).template;
const instance = (options: InstanceOptions) => only(unproven(Compute.instance(options)), TYPE.instance).Properties;
const problem = (options: InstanceOptions) =>
  errorOf(() => workload(newStack(), { compute: Compute.instance(options) }));

describe('a Windows Server', () => {
  test('is of a type for x86_64, with the root volume of the image, encrypted', () => {
    expect(instance({ machineImage: windows() })).toMatchObject({
      InstanceType: 't3.medium',
      CreditSpecification: { CPUCredits: 'standard' },
      BlockDeviceMappings: [{ DeviceName: '/dev/sda1', Ebs: { VolumeSize: 30, Encrypted: true } }],
      MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
    });
  });

  test('takes another type and a larger volume', () => {
    expect(instance({ machineImage: windows(), instanceType: x86, rootVolumeSize: Size.gibibytes(100) })).toMatchObject(
      {
        InstanceType: 'm7i.large',
        BlockDeviceMappings: [{ DeviceName: '/dev/sda1', Ebs: { VolumeSize: 100 } }],
      },
    );
  });

  test('runs PowerShell at its first boot', () => {
    const userData = UserData.forWindows();
    userData.addCommands('Get-Date');
    expect(instance({ machineImage: windows(), userData }).UserData).toEqual({
      'Fn::Base64': '<powershell>Get-Date</powershell>',
    });
  });

  test('may have an image of yours', () => {
    expect(
      instance({ machineImage: MachineImage.genericWindows({ 'eu-west-1': 'ami-0123456789abcdef0' }) }),
    ).toMatchObject({ InstanceType: 't3.medium' });
  });

  test('can be a fleet, with its user data', () => {
    const template = unproven(Compute.fleet({ minCapacity: 1, maxCapacity: 2, machineImage: windows() }));
    expect(only(template, TYPE.launchTemplate).Properties.LaunchTemplateData).toMatchObject({
      InstanceType: 't3.medium',
      BlockDeviceMappings: [{ DeviceName: '/dev/sda1' }],
      UserData: { 'Fn::Base64': expect.stringContaining('<powershell>') },
    });
  });

  test('passes the proof', () => {
    expect(
      validatedStack(stack => workload(stack, { compute: Compute.instance({ machineImage: windows() }) })).violations,
    ).toEqual([]);
  });
});

describe('the processor of an image', () => {
  test.each<[string, InstanceOptions]>([
    ['Amazon Linux 2023 for x86_64', { machineImage: MachineImage.latestAmazonLinux2023(), instanceType: x86 }],
    [
      'a parameter for arm64',
      {
        machineImage: MachineImage.fromSsmParameter(
          '/aws/service/canonical/ubuntu/server/24.04/stable/current/arm64/hvm/ebs-gp3/ami-id',
        ),
        instanceType: arm,
      },
    ],
    [
      'a parameter that does not tell',
      { machineImage: MachineImage.fromSsmParameter('/golden/image'), instanceType: arm },
    ],
    [
      'an AMI, which does not tell',
      { machineImage: MachineImage.genericLinux({ 'eu-west-1': 'ami-0123456789abcdef0' }), instanceType: x86 },
    ],
  ])('fits the type: %s', (_, options) => {
    expect(() => instance(options)).not.toThrow();
  });

  test.each<[string, InstanceOptions, string]>([
    ['Amazon Linux 2023', { machineImage: MachineImage.latestAmazonLinux2023(), instanceType: arm }, 'x86_64'],
    ['the default type', { machineImage: MachineImage.latestAmazonLinux2023() }, 'x86_64'],
    [
      'Ubuntu',
      {
        machineImage: MachineImage.fromSsmParameter(
          '/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id',
        ),
        instanceType: arm,
      },
      'x86_64',
    ],
    [
      'a parameter that EC2 looks up',
      {
        machineImage: MachineImage.resolveSsmParameterAtLaunch('/images/base-arm64/id', {
          os: OperatingSystemType.LINUX,
        }),
        instanceType: x86,
      },
      'arm64',
    ],
  ])('contradicts the type: %s', (_, options, processor) => {
    expect(problem(options)).toMatch(
      new RegExp(`^Training/App: compute\\..*allowed: types for the processor of the image, ${processor}`),
    );
  });
});

test('a type that is known at deployment only is taken as it is', () => {
  const stack = newStack();
  const instanceType = new InstanceType(new CfnParameter(stack, 'Type', { default: 'm7i.large' }).valueAsString);
  workload(stack, {
    compute: Compute.instance({ machineImage: MachineImage.latestAmazonLinux2023(), instanceType }),
    proveAtSynthesis: false,
  });
  expect(only(Template.fromStack(stack), TYPE.instance).Properties.InstanceType).toEqual({ Ref: 'Type' });
});

test('a pinned image passes the proof where the Region is not known', () => {
  const machineImage = MachineImage.genericLinux({ 'eu-west-1': 'ami-0123456789abcdef0' });
  const { violations } = validatedStack(stack => workload(stack, { compute: Compute.instance({ machineImage }) }));
  expect(violations).toEqual([]);
});

test('two instances of one scope have pinned images', () => {
  const stack = newStack();
  const accessList = new AccessList();
  const { vpc } = new PrivateNetwork(stack, 'Network');
  const s3Endpoint = new S3Endpoint(stack, 'S3Endpoint', { accessList, vpc });
  const role = new WorkloadRole(stack, 'Role', { accessList });
  const machineImage = MachineImage.genericLinux({ 'eu-west-1': 'ami-0123456789abcdef0' });
  ['One', 'Two'].forEach(id => new PrivateInstance(stack, id, { vpc, role, s3Endpoint, machineImage }));
  Template.fromStack(stack).resourceCountIs(TYPE.instance, 2);
});

test('what is not Windows keeps its defaults', () => {
  expect(instance({})).toMatchObject({
    InstanceType: 't4g.micro',
    BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 8 } }],
  });
});

test('the root volume has the name that the image gives it', () => {
  expect(instance({ rootDeviceName: '/dev/sda1' })).toMatchObject({
    BlockDeviceMappings: [{ DeviceName: '/dev/sda1', Ebs: { VolumeSize: 8, Encrypted: true } }],
  });
});
