import type { Change, Hop } from './network';
import type { Json, JsonObject } from '../../../src/cloudformation/json';

/** What a packet of the machine to S3 meets: a network, and where the packet ends. */
export interface Packet {
  readonly what: string;
  readonly network: readonly Change[];
  readonly hop: Hop;
  /** The Region of the stack; `''` where it is known at deployment only. */
  readonly region?: string;
}

export const ref = (id: string): Json => ({ Ref: id });

export const tcp = (peer: JsonObject, from: number = 443, to: number = from): JsonObject => ({
  IpProtocol: 'tcp',
  FromPort: from,
  ToPort: to,
  ...peer,
});

export const any = (IpProtocol: Json = '-1', peer: JsonObject = { CidrIp: '0.0.0.0/0' }): JsonObject => ({
  IpProtocol,
  ...peer,
});

export const egress = (...rules: readonly JsonObject[]): Change => ({ Group: { SecurityGroupEgress: rules } });

export const NOWHERE = { CidrIp: '255.255.255.255/32' };

export const alone = (rule: JsonObject): Change => ({
  Alone: { Type: 'AWS::EC2::SecurityGroupEgress', Properties: { GroupId: ref('Group'), ...rule } },
});

export const list = (...ranges: readonly string[]): Change => ({
  List: { Type: 'AWS::EC2::PrefixList', Properties: { Entries: ranges.map(Cidr => ({ Cidr })) } },
});

export const TO_LIST = { DestinationPrefixListId: { 'Fn::GetAtt': ['List', 'PrefixListId'] } };

type Entry = readonly [
  number: number,
  direction: 'in' | 'out',
  ports: string,
  range?: string,
  action?: string,
  protocol?: Json,
];

function entry(
  [RuleNumber, direction, ports, range = '0.0.0.0/0', RuleAction = 'allow', Protocol = 6]: Entry,
  acl: Json,
) {
  const [From, To = From] = ports.split('-').map(Number);
  return {
    Type: 'AWS::EC2::NetworkAclEntry',
    Properties: {
      NetworkAclId: acl,
      RuleNumber,
      Egress: direction === 'out',
      Protocol,
      RuleAction,
      ...(range.includes(':') ? { Ipv6CidrBlock: range } : { CidrBlock: range }),
      ...(ports === '' ? {} : { PortRange: { From, To } }),
    },
  };
}

/** A network ACL of a subnet. */
export const acl = (entries: readonly Entry[], subnet = 'Subnet', id = `AclOf${subnet}`): Change => ({
  [id]: { Type: 'AWS::EC2::NetworkAcl', Properties: { VpcId: ref('Vpc') } },
  [`${id}Association`]: {
    Type: 'AWS::EC2::SubnetNetworkAclAssociation',
    Properties: { SubnetId: ref(subnet), NetworkAclId: ref(id) },
  },
  ...Object.fromEntries(entries.map((each, at) => [`${id}Entry${at}`, entry(each, ref(id))])),
});

/** Entries of the default ACL of the VPC. */
export const defaultAcl = (...entries: readonly Entry[]): Change =>
  Object.fromEntries(
    entries.map((each, at) => [`Default${at}`, entry(each, { 'Fn::GetAtt': ['Vpc', 'DefaultNetworkAcl'] })]),
  );

export const OUT: Entry = [100, 'out', '443'];
export const BACK: Entry = [100, 'in', '1024-65535'];

export const vpc = (properties: JsonObject): Change => ({ Vpc: properties });

export const route = (target: JsonObject, destination: JsonObject | string = '0.0.0.0/0', id = 'Out'): Change => ({
  [id]: {
    Type: 'AWS::EC2::Route',
    Properties: {
      RouteTableId: ref('Table'),
      ...(typeof destination === 'string'
        ? { [destination.includes(':') ? 'DestinationIpv6CidrBlock' : 'DestinationCidrBlock']: destination }
        : destination),
      ...target,
    },
  },
});

export const NAT = { NatGatewayId: 'nat-0abc' };
export const TGW = { TransitGatewayId: 'tgw-0abc' };
export const S3_LIST = { DestinationPrefixListId: 'pl-6da54004' };

export const propagation: Change = {
  Propagation: {
    Type: 'AWS::EC2::VPNGatewayRoutePropagation',
    Properties: { RouteTableIds: [ref('Table')], VpnGatewayId: 'vgw-0abc' },
  },
};

/** An interface endpoint with a group of its own, in the other subnet, in place of the gateway. */
export const INTERFACE: Change = {
  EndpointGroup: {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: {
      GroupDescription: 'endpoint',
      VpcId: ref('Vpc'),
      SecurityGroupIngress: [tcp({ CidrIp: '10.0.0.0/16' })],
    },
  },
  Endpoint: {
    Type: 'AWS::EC2::VPCEndpoint',
    Properties: {
      VpcId: ref('Vpc'),
      ServiceName: 'com.amazonaws.eu-west-1.s3',
      VpcEndpointType: 'Interface',
      SubnetIds: [ref('OtherSubnet')],
      SecurityGroupIds: [ref('EndpointGroup')],
      PrivateDnsEnabled: true,
    },
  },
};

export const ingress = (...rules: readonly JsonObject[]): Change => ({
  EndpointGroup: { SecurityGroupIngress: rules },
});

export const TO_GROUP = { DestinationSecurityGroupId: ref('EndpointGroup') };
export const FROM_GROUP = { SourceSecurityGroupId: ref('Group') };

export const nameServers = (...servers: readonly string[]): Change => ({
  Options: { Type: 'AWS::EC2::DHCPOptions', Properties: { DomainNameServers: servers } },
  OptionsOfVpc: {
    Type: 'AWS::EC2::VPCDHCPOptionsAssociation',
    Properties: { VpcId: ref('Vpc'), DhcpOptionsId: ref('Options') },
  },
});

export const zone = (Name: string, vpcId: Json = ref('Vpc')): Change => ({
  Zone: {
    Type: 'AWS::Route53::HostedZone',
    Properties: { Name, VPCs: [{ VPCId: vpcId, VPCRegion: 'eu-west-1' }] },
  },
});

export const forwarding = (DomainName: string, RuleType = 'FORWARD'): Change => ({
  Forward: { Type: 'AWS::Route53Resolver::ResolverRule', Properties: { DomainName, RuleType } },
  ForwardInVpc: {
    Type: 'AWS::Route53Resolver::ResolverRuleAssociation',
    Properties: { VPCId: ref('Vpc'), ResolverRuleId: { 'Fn::GetAtt': ['Forward', 'ResolverRuleId'] } },
  },
});

export const IPV6_ONLY: Change = { Subnet: { Ipv6Native: true, Ipv6CidrBlock: '2001:db8:0:1::/64' } };
export const ENDPOINT_IPV6 = { Endpoint: { IpAddressType: 'dualstack' } };

export const packets = (
  ...rows: ReadonlyArray<readonly [what: string, hop: Hop, network: readonly Change[], region?: string]>
): Packet[] => rows.map(([what, hop, network, region]) => ({ what, hop, network, region }));

/** Another machine in the VPC, which takes what comes from the group of ours. */
export const proxy = (
  properties: JsonObject,
  rule: JsonObject = tcp({ SourceSecurityGroupId: ref('Group') }, 3128),
): Change => ({
  ProxyGroup: {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: { GroupDescription: 'proxy', VpcId: ref('Vpc'), SecurityGroupIngress: [rule] },
  },
  PublicTable: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: ref('Vpc') } },
  PublicAssociation: {
    Type: 'AWS::EC2::SubnetRouteTableAssociation',
    Properties: { SubnetId: ref('OtherSubnet'), RouteTableId: ref('PublicTable') },
  },
  PublicRoute: {
    Type: 'AWS::EC2::Route',
    Properties: { RouteTableId: ref('PublicTable'), DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-0abc' },
  },
  Proxy: {
    Type: 'AWS::EC2::Instance',
    Properties: { SubnetId: ref('OtherSubnet'), SecurityGroupIds: [ref('ProxyGroup')], ...properties },
  },
});

/** A DNS Firewall of the VPC that resolves some names and blocks every other one, or some types of its records. */
export const resolving = (domains: readonly string[], types: JsonObject = {}): Change => {
  const domainList = (Domains: readonly string[]) => ({
    Type: 'AWS::Route53Resolver::FirewallDomainList',
    Properties: { Domains: [...Domains] },
  });
  const rules = [
    { Action: 'ALLOW', Priority: 1, FirewallDomainListId: ref('Listed') },
    { Action: 'BLOCK', BlockResponse: 'NXDOMAIN', Priority: 2, FirewallDomainListId: ref('Every'), ...types },
  ];
  return {
    Listed: domainList(domains),
    Every: domainList(['*']),
    Names: { Type: 'AWS::Route53Resolver::FirewallRuleGroup', Properties: { FirewallRules: rules } },
    NamesInVpc: {
      Type: 'AWS::Route53Resolver::FirewallRuleGroupAssociation',
      Properties: { VpcId: ref('Vpc'), Priority: 101, FirewallRuleGroupId: ref('Names') },
    },
  };
};
