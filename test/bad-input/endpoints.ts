import { App, Stack } from 'aws-cdk-lib';
import {
  GatewayVpcEndpoint,
  GatewayVpcEndpointAwsService,
  InterfaceVpcEndpoint,
  InterfaceVpcEndpointAwsService,
  IpProtocol,
  SubnetType,
  Vpc,
  VpcEndpointDnsRecordIpType,
  VpcEndpointIpAddressType,
} from 'aws-cdk-lib/aws-ec2';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { BadInput, line } from './bad-input';
import {
  AwsOwnedBucket,
  BucketAccess,
  DataBucketSource,
  PrivateEc2S3Access,
  PrivateEc2S3AccessProps,
  S3EndpointMode,
} from '../../src';
import { AccessList, S3Endpoint } from '../support/parts';
import { IRELAND, newStack, workload } from '../support/resources';

const { IPV4, IPV6, DUALSTACK } = VpcEndpointIpAddressType;
const RECORDS = VpcEndpointDnsRecordIpType;
const GATEWAY = 'S3EndpointMode.gateway';
const INTERFACE = 'S3EndpointMode.interfaceEndpoint';
const APP = 'Training/App';
const READ = { access: [BucketAccess.readOnly()] };
const UNBOUND = { credentialBinding: false };

const vpcOf = (stack: Stack, id = 'Vpc') =>
  new Vpc(stack, id, {
    ipProtocol: IpProtocol.DUAL_STACK,
    maxAzs: 1,
    natGateways: 0,
    subnetConfiguration: [{ name: 'Isolated', subnetType: SubnetType.PRIVATE_ISOLATED }],
  });

function records(
  kind: string,
  ipAddressType: VpcEndpointIpAddressType,
  dnsRecordIpType: VpcEndpointDnsRecordIpType,
  supported: string,
): BadInput {
  const make = kind === 'gateway' ? S3EndpointMode.gateway : S3EndpointMode.interfaceEndpoint;
  return {
    name: `the records ${dnsRecordIpType} of an ${ipAddressType} ${kind} endpoint`,
    act: () => make({ ipAddressType, dnsRecordIpType }),
    error: [
      line(
        kind === 'gateway' ? GATEWAY : INTERFACE,
        'dnsRecordIpType',
        JSON.stringify(dnsRecordIpType),
        `${supported} for ${kind} endpoints with the ipAddressType ${ipAddressType}`,
        'leave it out, or choose the ipAddressType dualstack',
      ),
    ],
  };
}

const OPTIONS: readonly BadInput[] = [
  records('gateway', IPV4, RECORDS.IPV6, 'ipv4, service-defined'),
  records('gateway', IPV4, RECORDS.DUALSTACK, 'ipv4, service-defined'),
  records('gateway', IPV6, RECORDS.IPV4, 'ipv6, service-defined'),
  records('interface', IPV4, RECORDS.SERVICE_DEFINED, 'ipv4'),
  records('interface', IPV4, RECORDS.DUALSTACK, 'ipv4'),
  records('interface', IPV6, RECORDS.SERVICE_DEFINED, 'ipv6'),
  {
    name: 'no security group of an interface endpoint',
    act: () => S3EndpointMode.interfaceEndpoint({ securityGroups: [] }),
    error: [
      line(
        INTERFACE,
        'securityGroups',
        'an empty list',
        'one security group or more',
        'leave it out for one of its own',
      ),
    ],
  },
  ...['', 'Frankfurt', 'eu-central', 'us-east-1a', '*'].map(serviceRegion => ({
    name: `the service Region ${JSON.stringify(serviceRegion)}`,
    act: () => S3EndpointMode.gatewayAndInterface({ serviceRegion }),
    error: [
      line(
        'S3EndpointMode.gatewayAndInterface',
        'serviceRegion',
        JSON.stringify(serviceRegion),
        'the name of a Region, such as eu-central-1',
        'write the Region of the buckets',
      ),
    ],
  })),
];

const otherIn = (stack: Stack) =>
  new PrivateEc2S3Access(stack, 'Other', {
    dataBuckets: { Theirs: DataBucketSource.create({ access: [BucketAccess.readOnly()] }) },
  });

function inPlace(
  name: string,
  define: (stack: Stack) => Partial<PrivateEc2S3AccessProps>,
  ...error: (string | RegExp)[]
): BadInput {
  return {
    name,
    act: () => {
      const stack = newStack(IRELAND);
      workload(stack, define(stack));
    },
    error,
  };
}

const theirs = (stack: Stack, region: string) =>
  DataBucketSource.fromBucket(Bucket.fromBucketAttributes(stack, 'Theirs', { bucketName: 'theirs', region }), READ);
const bound = (reason: string) =>
  new RegExp(`^Training/App: credentialBinding: got true, allowed: false where ${reason}.*, fix: set it to false`);
const otherStack = (stack: Stack) =>
  new Stack(stack.node.root as never, 'Elsewhere', { env: { ...IRELAND, region: 'us-east-1' } });

const BINDINGS: readonly BadInput[] = [
  inPlace(
    'bound credentials over a dual-stack gateway endpoint',
    stack => ({ vpc: vpcOf(stack), s3Endpoint: S3EndpointMode.gateway({ ipAddressType: DUALSTACK }) }),
    bound('requests arrive over IPv6'),
  ),
  inPlace(
    'bound credentials over an IPv6 interface endpoint',
    stack => ({ vpc: vpcOf(stack), s3Endpoint: S3EndpointMode.interfaceEndpoint({ ipAddressType: IPV6 }) }),
    bound('requests arrive over IPv6'),
  ),
  inPlace(
    'bound credentials over both with dual-stack names',
    stack => ({
      vpc: vpcOf(stack),
      s3Endpoint: S3EndpointMode.gatewayAndInterface({ ipAddressType: DUALSTACK }),
    }),
    bound('requests arrive over IPv6'),
  ),
  inPlace(
    'bound credentials to another Region',
    stack => ({
      dataBuckets: { Theirs: theirs(stack, 'us-west-2') },
      s3Endpoint: S3EndpointMode.interfaceEndpoint({ serviceRegion: 'us-west-2' }),
    }),
    bound('S3 is in another Region \\(us-west-2\\)'),
  ),
  inPlace(
    'the endpoint of another workload, without its VPC',
    stack => ({ s3Endpoint: S3EndpointMode.shared(otherIn(stack)) }),
    /^Training\/App: vpc: got nothing, allowed: the VPC of the workload Training\/Other that shares its endpoint/,
  ),
  inPlace(
    'the endpoint of another workload, in another VPC',
    stack => ({ vpc: vpcOf(stack), s3Endpoint: S3EndpointMode.shared(otherIn(stack)) }),
    /^Training\/App: vpc: got .*, allowed: the VPC of the workload Training\/Other that shares its endpoint/,
  ),
  inPlace(
    'the endpoint of a workload of another stack',
    stack => {
      const other = otherIn(new Stack(stack.node.root as App, 'Elsewhere', { env: IRELAND }));
      return { vpc: other.vpc, s3Endpoint: S3EndpointMode.shared(other) };
    },
    /^Training\/App: s3Endpoint: got Elsewhere\/Other, allowed: a workload of the stack Training/,
  ),
  inPlace(
    'bound credentials through a hub',
    stack => ({
      vpc: vpcOf(stack),
      s3Endpoint: S3EndpointMode.fromInterfaceEndpoint(
        InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(stack, 'Endpoint', {
          vpcEndpointId: 'vpce-1',
          port: 443,
        }),
        { vpc: vpcOf(stack, 'Hub') },
      ),
    }),
    bound('the endpoint is in another VPC'),
  ),
  {
    name: 'bound credentials over IPv6, with an endpoint alone',
    act: () => {
      const stack = newStack();
      new S3Endpoint(stack, 'S3', {
        accessList: new AccessList(),
        vpc: vpcOf(stack),
        mode: S3EndpointMode.gateway({ ipAddressType: DUALSTACK }),
      });
    },
    error: [/^Training\/S3: credentialBinding: got true, allowed: false where requests arrive over IPv6/],
  },
];

const PLACES: readonly BadInput[] = [
  inPlace(
    'IPv6 addresses in the VPC that is made here',
    () => ({ ...UNBOUND, s3Endpoint: S3EndpointMode.gateway({ ipAddressType: DUALSTACK }) }),
    /^Training\/App: s3Endpoint: got "the ipAddressType dualstack", allowed: ipv4 in the VPC that is made here/,
  ),
  inPlace(
    'a service Region that is the own one',
    () => ({ ...UNBOUND, s3Endpoint: S3EndpointMode.gatewayAndInterface({ serviceRegion: 'eu-west-1' }) }),
    line(
      APP,
      's3Endpoint',
      '"the serviceRegion eu-west-1"',
      'another Region than eu-west-1, where the endpoint is',
      'leave serviceRegion out',
    ),
  ),
  ...(['interfaceEndpoint', 'gatewayAndInterface'] as const).map(mode =>
    inPlace(
      `FIPS endpoints where S3 has none: ${mode}`,
      () => ({ s3Endpoint: S3EndpointMode[mode]({ fips: true }) }),
      line(
        APP,
        's3Endpoint',
        '"fips in eu-west-1"',
        'ca-central-1, ca-west-1, us-east-1, us-east-2, us-gov-east-1, us-gov-west-1, us-west-1, us-west-2: S3 has ' +
          'FIPS endpoint services there only',
        'leave fips out, or deploy to one of these Regions',
      ),
    ),
  ),
  {
    name: 'FIPS endpoints of another Region',
    act: () => {
      const stack = newStack({ ...IRELAND, region: 'us-east-1' });
      workload(stack, {
        ...UNBOUND,
        s3Endpoint: S3EndpointMode.gatewayAndInterface({ fips: true, serviceRegion: 'us-west-2' }),
      });
    },
    error: [
      line(
        APP,
        's3Endpoint',
        '"fips with the serviceRegion us-west-2"',
        'FIPS endpoints of the own Region: AWS offers none across Regions',
        'leave fips out, or serviceRegion',
      ),
    ],
  },
  inPlace(
    'a service Region of another partition',
    () => ({ ...UNBOUND, s3Endpoint: S3EndpointMode.gatewayAndInterface({ serviceRegion: 'cn-north-1' }) }),
    line(
      APP,
      's3Endpoint',
      '"the serviceRegion cn-north-1"',
      'a Region of the partition aws',
      'copy the objects to a bucket of this partition',
    ),
  ),
  inPlace(
    'a bucket of another Region through a gateway endpoint',
    stack => ({ dataBuckets: { Theirs: theirs(stack, 'us-west-2') } }),
    /^Training\/App: dataBuckets\.Theirs: got "a bucket in us-west-2", allowed: buckets in eu-west-1: .*gateway endpoint to its own, fix: .*serviceRegion: 'us-west-2'/,
  ),
  inPlace(
    'a bucket of a third Region',
    stack => ({
      ...UNBOUND,
      dataBuckets: { Theirs: theirs(stack, 'us-east-1') },
      s3Endpoint: S3EndpointMode.gatewayAndInterface({ serviceRegion: 'us-west-2' }),
    }),
    /^Training\/App: dataBuckets\.Theirs: got "a bucket in us-east-1", allowed: buckets in eu-west-1 and us-west-2: /,
  ),
  inPlace(
    'a new bucket behind an endpoint to another Region only',
    () => ({ ...UNBOUND, s3Endpoint: S3EndpointMode.interfaceEndpoint({ serviceRegion: 'us-west-2' }) }),
    /^Training\/App: dataBuckets\.UserData: got "a bucket in eu-west-1", allowed: buckets in us-west-2: /,
  ),
  inPlace(
    'buckets of AWS behind an endpoint to another Region only',
    stack => ({
      ...UNBOUND,
      dataBuckets: { Theirs: theirs(stack, 'us-west-2') },
      s3Endpoint: S3EndpointMode.interfaceEndpoint({ serviceRegion: 'us-west-2' }),
      awsOwnedBuckets: [AwsOwnedBucket.ssmAgent()],
    }),
    /^Training\/App: awsOwnedBuckets: got "SsmAgent", allowed: none with an endpoint that leads to us-west-2 only: .*, fix: use S3EndpointMode\.gatewayAndInterface/,
  ),
  inPlace(
    'an existing gateway endpoint in a VPC that is made here',
    stack => ({
      s3Endpoint: S3EndpointMode.fromGatewayEndpoint(
        GatewayVpcEndpoint.fromGatewayVpcEndpointId(stack, 'Endpoint', 'vpce-1'),
      ),
    }),
    /^Training\/App: vpc: got nothing, allowed: the VPC of the endpoint Training\/Endpoint: .*, fix: name the vpc/,
  ),
  inPlace(
    'a gateway endpoint of another VPC',
    stack => ({
      vpc: vpcOf(stack),
      s3Endpoint: S3EndpointMode.fromGatewayEndpoint(
        vpcOf(stack, 'Other').addGatewayEndpoint('S3', { service: GatewayVpcEndpointAwsService.S3 }),
      ),
    }),
    /^Training\/App: s3Endpoint: got Training\/Other\/S3, allowed: a gateway endpoint of the VPC Training\/Vpc: no peering and no transit gateway/,
  ),
  inPlace(
    'an interface endpoint of another VPC that is not named',
    stack => ({
      vpc: vpcOf(stack),
      s3Endpoint: S3EndpointMode.fromInterfaceEndpoint(
        vpcOf(stack, 'Other').addInterfaceEndpoint('S3', { service: InterfaceVpcEndpointAwsService.S3 }),
      ),
    }),
    /^Training\/App: s3Endpoint: got Training\/Other\/S3, allowed: an interface endpoint of the VPC Training\/Vpc, .*, fix: name its VPC/,
  ),
  inPlace(
    'a gateway endpoint of another Region',
    stack => ({
      vpc: vpcOf(stack),
      s3Endpoint: S3EndpointMode.fromGatewayEndpoint(
        GatewayVpcEndpoint.fromGatewayVpcEndpointId(otherStack(stack), 'Endpoint', 'vpce-1'),
      ),
    }),
    /^Training\/App: s3Endpoint: got Elsewhere\/Endpoint, allowed: an endpoint in eu-west-1: this one is in us-east-1/,
  ),
  inPlace(
    'an interface endpoint of another Region',
    stack => ({
      vpc: vpcOf(stack),
      s3Endpoint: S3EndpointMode.fromInterfaceEndpoint(
        InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(otherStack(stack), 'Endpoint', {
          vpcEndpointId: 'vpce-1',
          port: 443,
        }),
      ),
    }),
    /^Training\/App: s3Endpoint: got Elsewhere\/Endpoint, allowed: an endpoint in eu-west-1: this one is in us-east-1/,
  ),
  inPlace(
    'an interface endpoint whose security groups and addresses are unknown',
    stack => ({
      ...UNBOUND,
      vpc: vpcOf(stack),
      s3Endpoint: S3EndpointMode.fromInterfaceEndpoint(
        InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(stack, 'Endpoint', {
          vpcEndpointId: 'vpce-1',
          port: 443,
        }),
        {
          vpc: Vpc.fromVpcAttributes(stack, 'Hub', {
            vpcId: 'vpc-0123456789abcdef9',
            availabilityZones: ['eu-west-1a'],
          }),
        },
      ),
    }),
    /^Training\/App: s3Endpoint: got Training\/Endpoint, allowed: .*, or the addresses of its VPC Training\/Hub, fix: name securityGroups/,
  ),
  inPlace(
    'subnets for the interface endpoint that the VPC does not have',
    stack => ({
      vpc: vpcOf(stack),
      s3Endpoint: S3EndpointMode.interfaceEndpoint({ subnets: { subnetGroupName: 'Nothing' } }),
    }),
    /^Training\/App: s3Endpoint\.subnets: got ".*", allowed: private subnets of the VPC/,
  ),
  inPlace(
    'egress over IPv6 to anywhere where the subnets have other routes out',
    stack => ({
      ...UNBOUND,
      vpc: new Vpc(stack, 'Vpc', { ipProtocol: IpProtocol.DUAL_STACK, maxAzs: 1 }),
      vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
      s3Endpoint: S3EndpointMode.gateway({ ipAddressType: DUALSTACK }),
    }),
    /^Training\/App: ipv6PrefixList: got nothing, allowed: the IPv6 prefix list of S3 where the subnets have other routes out/,
  ),
];

/** Endpoints that cannot work, or that would lock the workload out. */
export const ENDPOINTS: readonly BadInput[] = [...OPTIONS, ...BINDINGS, ...PLACES];
