import {
  CfnInstance,
  CfnNetworkInterfaceAttachment,
  CfnVPCEndpoint,
  IpProtocol,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { linesOf } from './support';
import { Compute, PrivateEc2S3Access, PrivateEc2S3AccessProps } from '../../src';
import { credentialBinding } from '../../src/rules/credential-binding';
import { synthesizedStack } from '../cloudformation/support';
import { quickStart } from '../support/scenarios';

type Change = (app: PrivateEc2S3Access) => void;

function found(change: Change, props: Partial<PrivateEc2S3AccessProps> = {}): string[] {
  return linesOf(
    credentialBinding,
    synthesizedStack(stack => change(quickStart(stack, { proveAtSynthesis: false, ...props }))),
  );
}

const instanceOf = (app: PrivateEc2S3Access) =>
  app.node.findAll().find((node): node is CfnInstance => node instanceof CfnInstance)!;
const endpointOf = (app: PrivateEc2S3Access) =>
  app.node.findAll().find((node): node is CfnVPCEndpoint => node instanceof CfnVPCEndpoint)!;
const overridden =
  (property: string, value: unknown): Change =>
  app =>
    instanceOf(app).addPropertyOverride(property, value);
const onEndpoint =
  (property: string, value: unknown): Change =>
  app =>
    endpointOf(app).addPropertyOverride(property, value);
const attached: Change = app => {
  new CfnNetworkInterfaceAttachment(app, 'Second', {
    instanceId: instanceOf(app).ref,
    deviceIndex: '1',
    networkInterfaceId: 'eni-0123456789abcdef0',
  });
};

const INTERFACES = /has 2 network interfaces, .*requests from the others are denied > set credentialBinding to false/;
const ADDRESSES = /has secondary private addresses, .* > set credentialBinding to false/;
const SECONDARY = [{ DeviceIndex: '0', SecondaryPrivateIpAddressCount: 1 }];

const CASES: Array<[string, Change, RegExp]> = [
  [
    'a second network interface',
    overridden('NetworkInterfaces', [{ DeviceIndex: '0' }, { DeviceIndex: '1' }]),
    INTERFACES,
  ],
  ['a network interface that is attached afterwards', attached, INTERFACES],
  ['secondary private addresses', overridden('NetworkInterfaces', SECONDARY), ADDRESSES],
  [
    'private addresses by name',
    overridden('NetworkInterfaces', [
      { DeviceIndex: '0', PrivateIpAddresses: [{ Primary: true }, { Primary: false }] },
    ]),
    ADDRESSES,
  ],
  [
    'a dual-stack endpoint',
    onEndpoint('IpAddressType', 'dualstack'),
    /may be reached over IPv6, .* > .*DnsRecordIpType/,
  ],
  ['an IPv6 endpoint', onEndpoint('IpAddressType', 'ipv6'), /may be reached over IPv6/],
  [
    'an endpoint to another Region',
    onEndpoint('ServiceRegion', 'us-west-2'),
    /leads to the Region us-west-2, .* > set credentialBinding to false/,
  ],
];

test.each(CASES)('bound credentials do not go with %s', (_, change, expected) => {
  expect(found(change)).toEqual([expect.stringMatching(expected)]);
});

test.each(CASES)('credentials that are not bound go with %s', (_, change) => {
  expect(found(change, { credentialBinding: false })).toEqual([]);
});

test.each<[string, Change]>([
  ['one network interface in line', overridden('NetworkInterfaces', [{ DeviceIndex: '0' }])],
  [
    'a dual-stack endpoint whose names have IPv4 records only',
    app => {
      onEndpoint('IpAddressType', 'dualstack')(app);
      onEndpoint('DnsOptions.DnsRecordIpType', 'ipv4')(app);
    },
  ],
  ['an IPv4 endpoint', onEndpoint('IpAddressType', 'ipv4')],
  ['nothing unusual', () => undefined],
])('bound credentials go with %s', (_, change) => {
  expect(found(change)).toEqual([]);
});

test('a launch template is looked at as well', () => {
  const lines = found(
    app => {
      const template = app.node.findAll().find(node => node.node.path.endsWith('/Template/Resource'))!;
      (template as CfnInstance).addPropertyOverride('LaunchTemplateData.NetworkInterfaces', [
        { DeviceIndex: 0 },
        { DeviceIndex: 1 },
      ]);
    },
    { compute: Compute.fleet({ minCapacity: 1, maxCapacity: 2 }) },
  );
  expect(lines).toEqual([expect.stringMatching(INTERFACES)]);
});

test('a dual-stack VPC alone is fine: the default endpoint has IPv4 only', () => {
  const assembly = synthesizedStack(stack => {
    const vpc = new Vpc(stack, 'Vpc', {
      ipProtocol: IpProtocol.DUAL_STACK,
      maxAzs: 2,
      natGateways: 0,
      subnetConfiguration: [{ name: 'Isolated', subnetType: SubnetType.PRIVATE_ISOLATED }],
    });
    quickStart(stack, { vpc, proveAtSynthesis: false });
  });
  expect(linesOf(credentialBinding, assembly)).toEqual([]);
});
