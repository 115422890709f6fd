import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { IpAddresses } from 'aws-cdk-lib/aws-ec2';
import { Bucket } from 'aws-cdk-lib/aws-s3';

import { PrivateNetwork, PrivateNetworkProps } from '../support/parts';
import {
  IRELAND,
  TYPE,
  bySid,
  idsOf,
  logicalId,
  newStack,
  only,
  resources,
  statements,
  statementsOf,
} from '../support/resources';

function network(props?: PrivateNetworkProps, stack = newStack()) {
  const part = new PrivateNetwork(stack, 'Network', props);
  return { stack, part, template: Template.fromStack(stack) };
}

describe('PrivateNetwork has no way out', () => {
  test.each([
    'AWS::EC2::InternetGateway',
    'AWS::EC2::VPCGatewayAttachment',
    'AWS::EC2::EgressOnlyInternetGateway',
    'AWS::EC2::NatGateway',
    'AWS::EC2::EIP',
    'AWS::EC2::Route',
    'AWS::EC2::TransitGatewayAttachment',
    'AWS::EC2::VPCPeeringConnection',
    'AWS::EC2::VPNGateway',
  ])('there is no %s', type => {
    network().template.resourceCountIs(type, 0);
  });

  test('subnets give no public addresses', () => {
    const { template } = network();
    template.allResourcesProperties(TYPE.subnet, { MapPublicIpOnLaunch: false });
  });

  test('subnets have no IPv6 addresses', () => {
    const { template } = network();
    template.allResourcesProperties(TYPE.subnet, {
      Ipv6CidrBlock: Match.absent(),
      AssignIpv6AddressOnCreation: Match.absent(),
    });
  });
});

describe('PrivateNetwork spreads over Availability Zones', () => {
  const zones = (template: Template) =>
    Object.values(resources(template, TYPE.subnet)).map(({ Properties }) => Properties.AvailabilityZone);

  test.each<[string, PrivateNetworkProps, number]>([
    ['two unless told otherwise', {}, 2],
    ['one', { maxAzs: 1 }, 1],
    ['six', { maxAzs: 6 }, 6],
  ])('%s', (_, props, count) => {
    expect(zones(network(props).template)).toEqual(
      Array.from({ length: count }, (__, index) => ({ 'Fn::Select': [index, { 'Fn::GetAZs': '' }] })),
    );
  });

  test('each subnet has addresses of its own', () => {
    const { template } = network({ maxAzs: 3 });
    const blocks = Object.values(resources(template, TYPE.subnet)).map(({ Properties }) => Properties.CidrBlock);
    expect(new Set(blocks).size).toBe(3);
  });

  test('each subnet is associated with the route table', () => {
    const { template } = network();
    const [routeTable] = idsOf(template, TYPE.routeTable);
    const associations = Object.values(resources(template, TYPE.routeTableAssociation)).map(
      ({ Properties }) => Properties,
    );
    expect(associations).toEqual(
      idsOf(template, TYPE.subnet).map(subnet => ({ SubnetId: { Ref: subnet }, RouteTableId: { Ref: routeTable } })),
    );
  });

  test('the VPC offers them as isolated subnets', () => {
    const { part, stack, template } = network();
    expect(part.vpc.publicSubnets).toEqual([]);
    expect(part.vpc.privateSubnets).toEqual([]);
    expect(part.subnets.map(({ subnetId }) => logicalId(stack, subnetId))).toEqual(idsOf(template, TYPE.subnet));
  });
});

describe('PrivateNetwork addresses', () => {
  test('are 10.0.0.0/16 unless told otherwise', () => {
    expect(only(network().template, TYPE.vpc).Properties.CidrBlock).toBe('10.0.0.0/16');
  });

  test('are those that are named', () => {
    expect(
      only(network({ ipAddresses: IpAddresses.cidr('10.20.0.0/20') }).template, TYPE.vpc).Properties.CidrBlock,
    ).toBe('10.20.0.0/20');
  });

  test('may come from a pool of the IP address manager', () => {
    const ipAddresses = IpAddresses.awsIpamAllocation({
      ipv4IpamPoolId: 'ipam-pool-0123',
      ipv4NetmaskLength: 20,
      defaultSubnetIpv4NetmaskLength: 24,
    });
    expect(only(network({ ipAddresses }).template, TYPE.vpc).Properties).toMatchObject({
      Ipv4IpamPoolId: 'ipam-pool-0123',
      Ipv4NetmaskLength: 20,
    });
  });

  test('resolve by the DNS of the VPC, which private endpoint names need', () => {
    expect(only(network().template, TYPE.vpc).Properties).toMatchObject({
      EnableDnsHostnames: true,
      EnableDnsSupport: true,
    });
  });
});

describe('PrivateNetwork flow logs', () => {
  test('record all traffic of the VPC in a bucket', () => {
    const { template } = network();
    expect(only(template, TYPE.flowLog).Properties).toMatchObject({
      ResourceId: { Ref: idsOf(template, TYPE.vpc)[0] },
      ResourceType: 'VPC',
      TrafficType: 'ALL',
      LogDestinationType: 's3',
    });
  });

  test('go under a prefix of their own', () => {
    const { template } = network();
    expect(only(template, TYPE.flowLog).Properties.LogDestination).toEqual({
      'Fn::Join': ['', [{ 'Fn::GetAtt': [idsOf(template, TYPE.bucket)[0], 'Arn'] }, '/vpc-flow-logs/']],
    });
  });

  test('wait for the bucket policy, or the service would write one of its own', () => {
    const { template } = network();
    expect(only(template, TYPE.flowLog).DependsOn).toEqual(idsOf(template, TYPE.bucketPolicy));
  });

  test('are delivered by the service, for this account and Region only', () => {
    const delivery = bySid(statements(network().template, TYPE.bucketPolicy), 'FlowLogDelivery');
    expect(delivery.Principal).toEqual({ Service: 'delivery.logs.amazonaws.com' });
    expect(delivery.Action).toBe('s3:PutObject');
    expect(delivery.Condition?.StringEquals).toMatchObject({ 'aws:SourceAccount': { Ref: 'AWS::AccountId' } });
    expect(JSON.stringify(delivery.Condition?.ArnLike)).toContain('AWS::Region');
    expect(JSON.stringify(delivery.Resource)).toContain('/vpc-flow-logs/AWSLogs/');
  });

  test('need no role and no log group', () => {
    const { template } = network();
    template.resourceCountIs(TYPE.role, 0);
    template.resourceCountIs('AWS::Logs::LogGroup', 0);
  });

  test('go to the bucket that is named, and then there is no other', () => {
    const stack = newStack();
    const bucket = new Bucket(stack, 'Mine');
    const { template } = network({ flowLogsBucket: bucket }, stack);
    expect(idsOf(template, TYPE.bucket)).toEqual([logicalId(stack, bucket.bucketName)]);
    expect(JSON.stringify(only(template, TYPE.flowLog).Properties.LogDestination)).toContain(
      logicalId(stack, bucket.bucketName),
    );
  });

  test('wait for the policy of the bucket that is named', () => {
    const stack = newStack();
    const { template } = network({ flowLogsBucket: new Bucket(stack, 'Mine', { enforceSSL: true }) }, stack);
    expect(only(template, TYPE.flowLog).DependsOn).toEqual(idsOf(template, TYPE.bucketPolicy));
  });
});

describe('PrivateNetwork needs no look-up', () => {
  test('where account and Region are concrete', () => {
    const app = new App();
    const stack = new Stack(app, 'Training', { env: IRELAND });
    new PrivateNetwork(stack, 'Network');
    expect(app.synth().manifest.missing ?? []).toEqual([]);
  });

  test('so the subnets are the same where they are not', () => {
    const here = network({}, newStack(IRELAND)).template;
    expect(resources(here, TYPE.subnet)).toEqual(resources(network().template, TYPE.subnet));
  });
});

test('two networks in one stack do not collide', () => {
  const stack = newStack();
  new PrivateNetwork(stack, 'One');
  new PrivateNetwork(stack, 'Two');
  const template = Template.fromStack(stack);
  template.resourceCountIs(TYPE.vpc, 2);
  Object.values(resources(template, TYPE.bucketPolicy)).forEach(policy =>
    expect(statementsOf(policy).map(({ Sid }) => Sid)).toContain('FlowLogDelivery'),
  );
});
