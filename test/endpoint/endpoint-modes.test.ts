import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import {
  IVpc,
  InterfaceVpcEndpoint,
  IpProtocol,
  PrefixList,
  SecurityGroup,
  SubnetType,
  Vpc,
  VpcEndpointDnsRecordIpType,
  VpcEndpointIpAddressType,
} from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { BucketAccess, DataBucketSource, PrivateEc2S3AccessProps, S3EndpointMode } from '../../src';
import {
  IRELAND,
  ResourceJson,
  TYPE,
  annotationsWith,
  bySid,
  idsOf,
  oneBucket,
  resources,
  statements,
  workload,
} from '../support/resources';
import { validated } from '../support/validated';

const CLEAN = { error: undefined, violations: [], suppressed: [] };
const { DUALSTACK, IPV6 } = VpcEndpointIpAddressType;
const UNBOUND = { credentialBinding: false };

const dualStack = (stack: Stack, subnetType = SubnetType.PRIVATE_ISOLATED) =>
  new Vpc(stack, 'Vpc', {
    ipProtocol: IpProtocol.DUAL_STACK,
    maxAzs: 2,
    natGateways: 0,
    subnetConfiguration: [
      { name: 'Workload', subnetType },
      ...(subnetType === SubnetType.PRIVATE_ISOLATED ? [] : [{ name: 'Public', subnetType: SubnetType.PUBLIC }]),
    ],
  });

type Define = (stack: Stack) => Partial<PrivateEc2S3AccessProps>;

function make(define: Define) {
  const stack = new Stack(new App(), 'Training', { env: IRELAND });
  const app = workload(stack, { ...define(stack), proveAtSynthesis: false });
  return { stack, app, template: Template.fromStack(stack) };
}

function prove(define: Define) {
  return validated(app => {
    const stack = new Stack(app, 'Training', { env: IRELAND });
    workload(stack, define(stack));
  });
}

function endpoint(template: Template, kind: string): ResourceJson {
  const [found, ...others] = Object.values(resources(template, TYPE.endpoint)).filter(
    ({ Properties }) => Properties.VpcEndpointType === kind,
  );
  expect(others).toEqual([]);
  return found;
}

/** The egress rules of the workload, in line and beside its group. */
function egress(template: Template): unknown[] {
  const [group] = Object.entries(resources(template, TYPE.securityGroup))
    .filter(([id]) => /^AppSecurityGroup/.test(id))
    .map(([, each]) => each);
  return group.Properties.SecurityGroupEgress as unknown[];
}

const oregon = (stack: Stack) =>
  Bucket.fromBucketAttributes(stack, 'There', {
    bucketName: 'there',
    region: 'us-west-2',
    account: IRELAND.account,
    encryptionKey: Key.fromKeyArn(stack, 'Key', `arn:aws:kms:us-west-2:${IRELAND.account}:key/1234abcd`),
  });
const inOregon = (stack: Stack) => ({
  There: DataBucketSource.fromBucket(oregon(stack), { access: [BucketAccess.readOnly()] }),
});

describe('an interface endpoint', () => {
  test('has one address, where that is asked for', () => {
    const { template } = make(() => ({ s3Endpoint: S3EndpointMode.interfaceEndpoint({ singleAz: true }) }));
    expect(endpoint(template, 'Interface').Properties.SubnetIds).toEqual([{ Ref: idsOf(template, TYPE.subnet)[0] }]);
  });

  test('may be in other subnets than the workload', () => {
    const { template, stack } = make(scope => {
      const vpc = new Vpc(scope, 'Vpc', {
        maxAzs: 2,
        natGateways: 0,
        subnetConfiguration: ['A', 'B'].map(name => ({ name, subnetType: SubnetType.PRIVATE_ISOLATED })),
      });
      return {
        vpc,
        vpcSubnets: { subnetGroupName: 'A' },
        s3Endpoint: S3EndpointMode.interfaceEndpoint({ subnets: { subnetGroupName: 'B' } }),
      };
    });
    const vpc = stack.node.findChild('Vpc') as Vpc;
    const expected = vpc
      .selectSubnets({ subnetGroupName: 'B' })
      .subnets.map(({ subnetId }) => stack.resolve(subnetId) as unknown);
    expect(endpoint(template, 'Interface').Properties.SubnetIds).toEqual(expected);
  });

  test('may be called by its own name only', () => {
    const { Properties } = endpoint(
      make(() => ({ s3Endpoint: S3EndpointMode.interfaceEndpoint({ privateDnsEnabled: false }) })).template,
      'Interface',
    );
    expect(Properties.PrivateDnsEnabled).toBe(false);
    expect(Properties.DnsOptions).toBeUndefined();
  });

  const inMine: Define = stack => {
    const vpc = dualStack(stack);
    return {
      vpc,
      s3Endpoint: S3EndpointMode.interfaceEndpoint({
        securityGroups: [new SecurityGroup(stack, 'Mine', { vpc, allowAllOutbound: false })],
      }),
    };
  };

  test('may be in security groups that exist, which let the workload in and nobody else', () => {
    const { template, app } = make(inMine);
    const mine = idsOf(template, TYPE.securityGroup).filter(id => id.startsWith('Mine'));
    expect(endpoint(template, 'Interface').Properties.SecurityGroupIds).toEqual(
      mine.map(id => ({ 'Fn::GetAtt': [id, 'GroupId'] })),
    );
    expect(app.s3Endpoint.ownInterfaceSecurityGroup).toBeUndefined();
    const ingress = Object.values(resources(template, 'AWS::EC2::SecurityGroupIngress'));
    expect(ingress).toHaveLength(1);
    expect(ingress[0].Properties).toMatchObject({
      FromPort: 443,
      ToPort: 443,
      GroupId: { 'Fn::GetAtt': [mine[0], 'GroupId'] },
      SourceSecurityGroupId: expect.anything(),
    });
  });

  test('is proven with such security groups', () => expect(prove(inMine)).toEqual(CLEAN));
});

describe('an endpoint with IPv6 addresses', () => {
  const gateway =
    (options = {}): Define =>
    stack => ({
      ...UNBOUND,
      vpc: dualStack(stack),
      s3Endpoint: S3EndpointMode.gateway({ ipAddressType: DUALSTACK, ...options }),
    });
  const interfaces: Define = stack => ({
    ...UNBOUND,
    vpc: dualStack(stack),
    s3Endpoint: S3EndpointMode.interfaceEndpoint({ ipAddressType: DUALSTACK }),
  });

  test('says so to EC2, and leaves the names to S3', () => {
    const { Properties } = endpoint(make(gateway()).template, 'Gateway');
    expect(Properties.IpAddressType).toBe('dualstack');
    expect(Properties.DnsOptions).toBeUndefined();
  });

  test('has the records that are asked for', () => {
    expect(
      endpoint(make(gateway({ dnsRecordIpType: VpcEndpointDnsRecordIpType.DUALSTACK })).template, 'Gateway').Properties
        .DnsOptions,
    ).toEqual({ DnsRecordIpType: 'dualstack' });
  });

  test('opens egress over IPv6 beside IPv4, and says that it is to any address', () => {
    const { template, stack } = make(gateway());
    expect(egress(template)).toEqual([
      expect.objectContaining({ DestinationPrefixListId: 'pl-6da54004', FromPort: 443 }),
      expect.objectContaining({ CidrIpv6: '::/0', FromPort: 443, ToPort: 443 }),
    ]);
    expect(annotationsWith(stack, 'The rule for HTTPS names any IPv6 address')).toHaveLength(1);
  });

  test('opens egress to the IPv6 prefix list, where it is named', () => {
    const { template, stack } = make(scope =>
      gateway({ ipv6PrefixList: PrefixList.fromPrefixListId(scope, 'Six', 'pl-0123456789abcdef6') })(scope),
    );
    expect(egress(template)).toContainEqual(
      expect.objectContaining({ DestinationPrefixListId: 'pl-0123456789abcdef6' }),
    );
    expect(JSON.stringify(egress(template))).not.toContain('::/0');
    expect(annotationsWith(stack, 'IPv6')).toEqual([]);
  });

  test('has no egress over IPv4, where it has IPv6 addresses only', () => {
    const rules = egress(make(gateway({ ipAddressType: IPV6 })).template) as Array<Record<string, unknown>>;
    expect(rules.filter(rule => rule.IpProtocol === 'tcp')).toEqual([expect.objectContaining({ CidrIpv6: '::/0' })]);
    expect(JSON.stringify(rules)).not.toMatch(/0\.0\.0\.0\/0|pl-/);
  });

  test('needs no rule of its own as an interface: the security group stands for all addresses', () => {
    expect(egress(make(interfaces).template)).toEqual([
      expect.objectContaining({ DestinationSecurityGroupId: expect.anything() }),
    ]);
  });

  test('keeps credential binding where its names have IPv4 records only', () => {
    const { template } = make(stack => ({
      vpc: dualStack(stack),
      s3Endpoint: S3EndpointMode.gateway({
        ipAddressType: DUALSTACK,
        dnsRecordIpType: VpcEndpointDnsRecordIpType.IPV4,
      }),
    }));
    expect(bySid(statements(template, TYPE.managedPolicy), 'DenyCredentialsOutsideInstance').Effect).toBe('Deny');
  });

  test.each<[string, Define]>([
    ['gateway', gateway()],
    ['interface', interfaces],
  ])('is proven as a %s', (_, define) => expect(prove(define)).toEqual(CLEAN));
});

describe('an endpoint to another Region', () => {
  const both: Define = stack => ({
    ...UNBOUND,
    dataBuckets: { ...oneBucket(), ...inOregon(stack) },
    s3Endpoint: S3EndpointMode.gatewayAndInterface({ serviceRegion: 'us-west-2' }),
  });
  const alone: Define = stack => ({
    ...UNBOUND,
    dataBuckets: inOregon(stack),
    s3Endpoint: S3EndpointMode.interfaceEndpoint({ serviceRegion: 'us-west-2' }),
  });

  test('names the service there, and answers to its names in the whole VPC', () => {
    expect(endpoint(make(both).template, 'Interface').Properties).toMatchObject({
      ServiceName: 'com.amazonaws.us-west-2.s3',
      ServiceRegion: 'us-west-2',
      PrivateDnsEnabled: true,
      DnsOptions: { PrivateDnsOnlyForInboundResolverEndpoint: 'AllResolvers' },
    });
  });

  test('has the name of China in China', () => {
    const stack = new Stack(new App(), 'Training', { env: { account: IRELAND.account, region: 'cn-north-1' } });
    const there = Bucket.fromBucketAttributes(stack, 'There', {
      bucketName: 'there',
      region: 'cn-northwest-1',
      account: IRELAND.account,
    });
    const dataBuckets = { There: DataBucketSource.fromBucket(there, { access: [BucketAccess.readOnly()] }) };
    workload(stack, {
      ...UNBOUND,
      dataBuckets,
      s3Endpoint: S3EndpointMode.interfaceEndpoint({ serviceRegion: 'cn-northwest-1' }),
      proveAtSynthesis: false,
    });
    expect(endpoint(Template.fromStack(stack), 'Interface').Properties.ServiceName).toBe(
      'cn.com.amazonaws.cn-northwest-1.s3',
    );
  });

  test('stands beside the gateway, and the workload may reach both', () => {
    const { template } = make(both);
    expect(egress(template)).toEqual([
      expect.objectContaining({ DestinationPrefixListId: 'pl-6da54004' }),
      expect.objectContaining({ DestinationSecurityGroupId: expect.anything() }),
    ]);
    expect(endpoint(template, 'Interface').DependsOn ?? []).not.toEqual(
      expect.arrayContaining([expect.stringContaining('Gateway')]),
    );
  });

  test('lets the role use the key there through S3 there', () => {
    const keys = statements(make(both).template, TYPE.managedPolicy).filter(({ Sid }) =>
      Sid.startsWith('UseKeysOfDataBuckets'),
    );
    expect(
      keys.map(({ Resource, Condition }) => [
        JSON.stringify(Resource).includes('us-west-2'),
        Condition?.StringEquals['kms:ViaService'],
      ]),
    ).toEqual([
      [false, ['s3.eu-west-1.amazonaws.com']],
      [true, ['s3.us-west-2.amazonaws.com']],
    ]);
  });

  test.each<[string, Define]>([
    ['beside a gateway', both],
    ['alone', alone],
  ])('is proven %s', (_, define) => expect(prove(define)).toEqual(CLEAN));
});

describe('an endpoint in a hub', () => {
  const throughHub: Define = stack => {
    const hub: IVpc = Vpc.fromVpcAttributes(stack, 'Hub', {
      vpcId: 'vpc-0123456789abcdef9',
      vpcCidrBlock: '10.99.0.0/16',
      availabilityZones: ['eu-west-1a'],
    });
    const theirs = InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(stack, 'Theirs', {
      vpcEndpointId: 'vpce-0123456789abcdef0',
      port: 443,
    });
    return {
      ...UNBOUND,
      vpc: dualStack(stack),
      s3Endpoint: S3EndpointMode.fromInterfaceEndpoint(theirs, { vpc: hub }),
    };
  };

  test('is reached at the addresses of the hub', () => {
    expect(egress(make(throughHub).template)).toEqual([
      expect.objectContaining({ CidrIp: '10.99.0.0/16', FromPort: 443 }),
    ]);
  });

  test('is proven', () => expect(prove(throughHub)).toEqual(CLEAN));
});
