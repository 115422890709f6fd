import { model, of } from './support';
import type { JsonObject } from '../../src/cloudformation/json';

const ref = (id: string) => ({ Ref: id });

const PARTS = {
  Vpc: of('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }),
  Subnet: of('AWS::EC2::Subnet', { VpcId: ref('Vpc'), CidrBlock: '10.0.1.0/24' }),
  Public: of('AWS::EC2::Subnet', { VpcId: ref('Vpc'), CidrBlock: '10.0.2.0/24', MapPublicIpOnLaunch: true }),
  Role: of('AWS::IAM::Role', {}),
  Profile: of('AWS::IAM::InstanceProfile', { Roles: [ref('Role')] }),
};

const machine = (properties: JsonObject) =>
  of('AWS::EC2::Instance', { IamInstanceProfile: ref('Profile'), ...properties });

const accelerated = (id: JsonObject | string) =>
  of('AWS::GlobalAccelerator::EndpointGroup', { EndpointConfigurations: [{ EndpointId: id, Weight: 1 }] });

const fleet = (subnet: string, interfaces: JsonObject[]) => ({
  Template: of('AWS::EC2::LaunchTemplate', {
    LaunchTemplateData: { IamInstanceProfile: { Name: ref('Profile') }, NetworkInterfaces: interfaces },
  }),
  Fleet: of('AWS::AutoScaling::AutoScalingGroup', {
    VPCZoneIdentifier: [ref(subnet)],
    LaunchTemplate: { LaunchTemplateId: ref('Template'), Version: '$Latest' },
  }),
});

const inPlace = (more: JsonObject, subnet = 'Subnet') =>
  machine({ NetworkInterfaces: [{ DeviceIndex: '0', SubnetId: ref(subnet), ...more }] });

test.each<[string, Record<string, JsonObject>, boolean]>([
  ['a subnet that gives none', { Machine: machine({ SubnetId: ref('Subnet') }) }, false],
  ['a subnet that gives them', { Machine: machine({ SubnetId: ref('Public') }) }, true],
  ['an interface that asks for one', { Machine: inPlace({ AssociatePublicIpAddress: true }) }, true],
  ['an interface that asks for one of a carrier', { Machine: inPlace({ AssociateCarrierIpAddress: true }) }, true],
  ['an interface that refuses it', { Machine: inPlace({ AssociatePublicIpAddress: false }, 'Public') }, false],
  ['an interface that leaves it to the subnet', { Machine: inPlace({}, 'Public') }, true],
  [
    'an interface that only the deployment knows',
    { Machine: inPlace({ AssociatePublicIpAddress: ref('Asked') }) },
    true,
  ],
  ['a launch template that refuses it', fleet('Public', [{ DeviceIndex: 0, AssociatePublicIpAddress: false }]), false],
  ['a launch template that says nothing', fleet('Public', [{ DeviceIndex: 0 }]), true],
  [
    'an elastic address for an interface',
    {
      Interface: of('AWS::EC2::NetworkInterface', { SubnetId: ref('Subnet') }),
      Machine: machine({ NetworkInterfaces: [{ DeviceIndex: '0', NetworkInterfaceId: ref('Interface') }] }),
      Address: of('AWS::EC2::EIPAssociation', { AllocationId: 'eipalloc-1', NetworkInterfaceId: ref('Interface') }),
    },
    true,
  ],
  [
    'an elastic address for another interface',
    {
      Interface: of('AWS::EC2::NetworkInterface', { SubnetId: ref('Subnet') }),
      Machine: machine({ SubnetId: ref('Subnet') }),
      Address: of('AWS::EC2::EIPAssociation', { AllocationId: 'eipalloc-1', NetworkInterfaceId: ref('Interface') }),
    },
    false,
  ],
  [
    'an accelerator that leads to it',
    { Machine: machine({ SubnetId: ref('Subnet') }), Group: accelerated(ref('Machine')) },
    true,
  ],
  [
    'an accelerator that leads elsewhere',
    { Machine: machine({ SubnetId: ref('Subnet') }), Group: accelerated('i-0123456789abcdef0') },
    false,
  ],
])('%s: %p', (_, resources, expected) => {
  const [workload] = model({ ...PARTS, ...resources }).workloads;
  expect(workload.publicIp).toBe(expected);
});
