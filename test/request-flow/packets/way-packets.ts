import {
  BACK,
  INTERFACE,
  NAT,
  NOWHERE,
  OUT,
  S3_LIST,
  TGW,
  TO_LIST,
  acl,
  any,
  egress,
  forwarding,
  list,
  nameServers,
  packets,
  propagation,
  proxy,
  ref,
  resolving,
  route,
  tcp,
  vpc,
  zone,
} from './words';

export const NAMES = packets(
  ['no DNS resolution', 'name', [vpc({ EnableDnsSupport: false })]],
  ['no DNS resolution, as a text', 'name', [vpc({ EnableDnsSupport: 'false' })]],
  ['no DNS host names, with a gateway', 'through', [vpc({ EnableDnsHostnames: false })]],
  [
    'no DNS resolution, with name servers',
    'through, assuming',
    [vpc({ EnableDnsSupport: false }), nameServers('10.0.0.53')],
  ],
  ['name servers of AWS', 'through', [nameServers('AmazonProvidedDNS')]],
  ['name servers of the user', 'through, assuming', [nameServers('10.0.0.53')]],
  ['one beside that of AWS', 'through, assuming', [nameServers('AmazonProvidedDNS', '192.168.7.7')]],
  ['the addresses at which AWS answers', 'through', [nameServers('10.0.0.2', '169.254.169.253')]],
  [
    'the same address in another VPC',
    'through, assuming',
    [vpc({ CidrBlock: '10.1.0.0/16' }), nameServers('10.0.0.2')],
  ],
  ['a hosted zone for names of the app', 'through', [zone('example.internal')]],
  ['a hosted zone for S3', 'through, assuming', [zone('s3.eu-west-1.amazonaws.com')]],
  ['a hosted zone for all of AWS', 'through, assuming', [zone('amazonaws.com.')]],
  ['a hosted zone for one bucket', 'through, assuming', [zone('example-data.s3.eu-west-1.amazonaws.com')]],
  ['a hosted zone for S3 of another VPC', 'through', [zone('s3.eu-west-1.amazonaws.com', 'vpc-0abc')]],
  ['a hosted zone for S3 of another Region', 'through', [zone('s3.eu-central-1.amazonaws.com')]],
  ['a rule that forwards everything', 'through, assuming', [forwarding('.')]],
  ['a rule that forwards names of the app', 'through', [forwarding('corp.example.com')]],
  ['a rule for S3 that forwards nothing', 'through', [forwarding('amazonaws.com', 'SYSTEM')]],
  [
    'options of DHCP that are not in the assembly',
    'through, assuming',
    [
      {
        OptionsOfVpc: {
          Type: 'AWS::EC2::VPCDHCPOptionsAssociation',
          Properties: { VpcId: ref('Vpc'), DhcpOptionsId: 'dopt-0abc' },
        },
      },
    ],
  ],
  [
    'a profile of Route 53',
    'through, assuming',
    [
      {
        Profile53: {
          Type: 'AWS::Route53Profiles::ProfileAssociation',
          Properties: { ProfileId: 'rp-0abc', ResourceId: ref('Vpc') },
        },
      },
    ],
  ],
  ['a DNS Firewall that resolves names of AWS', 'through', [resolving(['*.amazonaws.com'])]],
  ['a DNS Firewall that resolves names of S3', 'through', [resolving(['*.s3.eu-west-1.amazonaws.com'])]],
  ['a DNS Firewall that resolves names of others', 'name', [resolving(['*.example.com'])]],
  ['a DNS Firewall that resolves names of AWS in China', 'name', [resolving(['*.amazonaws.com.cn'])]],
  ['a DNS Firewall that blocks addresses of IPv6', 'through', [resolving(['*.example.com'], { Qtype: 'AAAA' })]],
  ['private DNS without host names', 'name', [INTERFACE, vpc({ EnableDnsHostnames: false })]],
  ['private DNS without that attribute', 'name', [INTERFACE, vpc({ EnableDnsHostnames: null })]],
  ['private DNS without resolution', 'name', [INTERFACE, vpc({ EnableDnsSupport: false })]],
  ['private DNS with name servers', 'through, assuming', [INTERFACE, nameServers('10.0.0.53')]],
  ['no private DNS', 'through, assuming', [INTERFACE, { Endpoint: { PrivateDnsEnabled: false } }]],
  [
    'no private DNS and no resolution',
    'name',
    [INTERFACE, { Endpoint: { PrivateDnsEnabled: false } }, vpc({ EnableDnsSupport: false })],
  ],
);

export const ROUTES = packets(
  ['a table without the endpoint', 'no endpoint', [{ Endpoint: { RouteTableIds: ['rtb-0abc'] } }]],
  ['a subnet without a table', 'no endpoint', [{ Association: null }]],
  ['no endpoint', 'no endpoint', [{ Endpoint: null }]],
  ['an endpoint of DynamoDB', 'no endpoint', [{ Endpoint: { ServiceName: 'com.amazonaws.eu-west-1.dynamodb' } }]],
  ['an endpoint of another VPC', 'no endpoint', [{ Endpoint: { VpcId: 'vpc-0abc' } }]],
  ['a default route to a NAT gateway', 'way out', [route(NAT)]],
  ['the same, for the list of S3 only', 'through', [route(NAT), egress(tcp(S3_LIST))]],
  [
    'the same, for private ranges too',
    'through',
    [route(NAT), egress(tcp(S3_LIST), tcp({ CidrIp: '10.0.0.0/8' }, 5432))],
  ],
  [
    'the same, for a public range too',
    'way out',
    [route(NAT), egress(tcp(S3_LIST), tcp({ CidrIp: '198.51.100.7/32' }))],
  ],
  [
    'the same, for a list with everything',
    'way out',
    [route(NAT), list('0.0.0.0/0'), egress(tcp(S3_LIST), tcp(TO_LIST, 8443))],
  ],
  [
    'the same, for a list with private ranges',
    'through',
    [route(NAT), list('10.1.0.0/16'), egress(tcp(S3_LIST), tcp(TO_LIST, 8443))],
  ],
  [
    'the same, for the list of DynamoDB',
    'way out',
    [route(NAT), egress(tcp(S3_LIST), tcp({ DestinationPrefixListId: 'pl-6fa54006' }))],
  ],
  [
    'the same, for an imported list',
    'through, assuming',
    [route(NAT), egress(tcp(S3_LIST), tcp({ DestinationPrefixListId: 'pl-0123456789abcdef0' }))],
  ],
  [
    'the same, with UDP 53 to anywhere',
    'way out',
    [route(NAT), egress(tcp(S3_LIST), { IpProtocol: 'udp', FromPort: 53, ToPort: 53, CidrIp: '0.0.0.0/0' })],
  ],
  ['the same, past an ACL that lets HTTPS out', 'way out', [route(NAT), acl([OUT, BACK])]],
  [
    'the same, past an ACL that keeps UDP in',
    'through',
    [route(NAT), egress(tcp(S3_LIST), any('udp')), acl([OUT, BACK])],
  ],
  [
    'the same, past an ACL that lets UDP out',
    'way out',
    [route(NAT), egress(tcp(S3_LIST), any('udp')), acl([OUT, BACK, [120, 'out', '123', '0.0.0.0/0', 'allow', 17]])],
  ],
  ['a route to an internet gateway', 'way out', [route({ GatewayId: 'igw-0abc' })]],
  ['a default route for IPv6', 'through', [route({ EgressOnlyInternetGatewayId: 'eigw-0abc' }, '::/0')]],
  [
    'a default route and a rule for IPv6',
    'way out',
    [route({ EgressOnlyInternetGatewayId: 'eigw-0abc' }, '::/0'), egress(tcp(S3_LIST), tcp({ CidrIpv6: '::/0' }))],
  ],
  ['a route to a peering connection', 'way out', [route({ VpcPeeringConnectionId: 'pcx-0abc' }, '172.16.0.0/16')]],
  [
    'the same, for the list of S3 only',
    'through',
    [route({ VpcPeeringConnectionId: 'pcx-0abc' }, '172.16.0.0/16'), egress(tcp(S3_LIST))],
  ],
  [
    'a private range to a transit gateway',
    'way out',
    [route(TGW, '10.0.0.0/8'), egress(tcp(S3_LIST), tcp({ CidrIp: '10.9.0.0/16' }))],
  ],
  [
    'a private range of the VPC itself',
    'through',
    [route(TGW, '10.0.0.0/8'), egress(tcp(S3_LIST), tcp({ CidrIp: '10.0.2.0/24' }, 5432))],
  ],
  [
    'a private NAT gateway',
    'way out',
    [
      route({ NatGatewayId: ref('Nat') }, '10.0.0.0/8'),
      { Nat: { Type: 'AWS::EC2::NatGateway', Properties: { ConnectivityType: 'private' } } },
      egress(tcp(S3_LIST), tcp({ CidrIp: '10.9.0.0/16' })),
    ],
  ],
  ['a default route to a transit gateway', 'through', [route(TGW), egress(tcp(S3_LIST))]],
  ['a range of S3 to a transit gateway', 'route', [route(TGW, '52.218.0.0/24'), egress(tcp(S3_LIST))]],
  ['a range as long as that of S3', 'route', [route(TGW, '52.218.0.0/17'), egress(tcp(S3_LIST))]],
  ['a range wider than that of S3', 'through', [route(TGW, '52.0.0.0/8'), egress(tcp(S3_LIST))]],
  ['a range that S3 has nothing in', 'through', [route(TGW, '198.51.100.0/24'), egress(tcp(S3_LIST))]],
  ['a range of S3 in Brazil', 'route', [route(TGW, '52.95.163.0/24'), egress(tcp(S3_LIST))]],
  ['a range of S3 in AWS GovCloud', 'route', [route(TGW, '108.175.56.0/24'), egress(tcp(S3_LIST))], ''],
  ['a range of S3 in the European Sovereign Cloud', 'route', [route(TGW, '83.118.242.0/24'), egress(tcp(S3_LIST))], ''],
  ['a range of S3 in China', 'route', [route(TGW, '54.222.97.0/24'), egress(tcp(S3_LIST))], ''],
  ['a range of DynamoDB', 'through, assuming', [route(TGW, '52.94.0.0/22'), egress(tcp(S3_LIST))]],
  ['a public range of somebody else', 'through, assuming', [route(TGW, '104.16.0.0/16'), egress(tcp(S3_LIST))]],
  ['a wide public range', 'through', [route(TGW, '104.0.0.0/8'), egress(tcp(S3_LIST))]],
  [
    'a public range that the VPC has',
    'through',
    [vpc({ CidrBlock: '104.16.0.0/16' }), route({ VpcEndpointId: 'vpce-0abc' }, '104.16.8.0/24'), egress(tcp(S3_LIST))],
  ],
  ['the list of S3 to a transit gateway', 'route', [route(TGW, S3_LIST), egress(tcp(S3_LIST))]],
  [
    'the list of DynamoDB to a transit gateway',
    'through',
    [route(TGW, { DestinationPrefixListId: 'pl-6fa54006' }), egress(tcp(S3_LIST))],
  ],
  [
    'the same, and every address',
    'way out',
    [route(TGW, { DestinationPrefixListId: 'pl-6fa54006' }), egress(tcp({ CidrIp: '0.0.0.0/0' }))],
  ],
  [
    'an imported list to a transit gateway',
    'through, assuming',
    [route(TGW, { DestinationPrefixListId: 'pl-0123456789abcdef0' }), egress(tcp(S3_LIST))],
  ],
  [
    'a range of another stack to a transit gateway',
    'through, assuming',
    [route(TGW, { DestinationCidrBlock: { 'Fn::ImportValue': 'range' } }), egress(tcp(S3_LIST))],
  ],
  [
    'the same, for private ranges too',
    'way out',
    [
      route(TGW, { DestinationCidrBlock: { 'Fn::ImportValue': 'range' } }),
      egress(tcp(S3_LIST), tcp({ CidrIp: '10.9.0.0/16' })),
    ],
  ],
  [
    'the same, without a gateway endpoint',
    'no endpoint',
    [{ Endpoint: null }, route(TGW, { DestinationCidrBlock: { 'Fn::ImportValue': 'range' } }), egress(tcp(S3_LIST))],
  ],
  [
    'a list with a range of S3 to a NAT gateway',
    'route',
    [
      list('3.5.64.0/21'),
      route(NAT, { DestinationPrefixListId: TO_LIST.DestinationPrefixListId }),
      egress(tcp(S3_LIST)),
    ],
  ],
  ['routes that a VPN gateway announces', 'way out', [propagation]],
  ['the same, for the list of S3 only', 'through, assuming', [propagation, egress(tcp(S3_LIST))]],
  [
    'routes of a route server',
    'way out',
    [
      {
        Server: {
          Type: 'AWS::EC2::RouteServerPropagation',
          Properties: { RouteServerId: 'rs-0abc', RouteTableId: ref('Table') },
        },
      },
    ],
  ],
  ['a NAT instance', 'way out', [route({ InstanceId: 'i-0abc' })]],
  ['a network interface', 'way out', [route({ NetworkInterfaceId: 'eni-0abc' })]],
  ['an endpoint of a firewall', 'way out', [route({ VpcEndpointId: 'vpce-0abc' })]],
  ['a carrier gateway', 'way out', [route({ CarrierGatewayId: 'cagw-0abc' })]],
  ['a local gateway', 'way out', [route({ LocalGatewayId: 'lgw-0abc' }, '192.168.0.0/16')]],
  [
    'a core network',
    'way out',
    [route({ CoreNetworkArn: 'arn:aws:networkmanager::111122223333:core-network/core-network-0abc' })],
  ],
  [
    'a service network',
    'way out',
    [
      {
        Join: {
          Type: 'AWS::VpcLattice::ServiceNetworkVpcAssociation',
          Properties: { ServiceNetworkIdentifier: 'sn-0abc', VpcIdentifier: ref('Vpc') },
        },
      },
    ],
  ],
  [
    'a service network, for the list of S3 only',
    'through',
    [
      {
        Join: {
          Type: 'AWS::VpcLattice::ServiceNetworkVpcAssociation',
          Properties: { ServiceNetworkIdentifier: 'sn-0abc', VpcIdentifier: ref('Vpc') },
        },
      },
      egress(tcp(S3_LIST)),
    ],
  ],
  ['a default route and only an interface endpoint', 'group', [INTERFACE, route(NAT), egress(tcp(S3_LIST))]],
);

const TO_PROXY = egress(tcp(S3_LIST), tcp({ DestinationSecurityGroupId: ref('ProxyGroup') }, 3128));

const TASKS = {
  Type: 'AWS::ECS::Service',
  Properties: {
    LaunchType: 'FARGATE',
    NetworkConfiguration: {
      AwsvpcConfiguration: {
        Subnets: [ref('OtherSubnet')],
        SecurityGroups: [ref('ProxyGroup')],
        AssignPublicIp: 'ENABLED',
      },
    },
  },
};

const BALANCER = {
  Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  Properties: { Type: 'network', Subnets: [ref('OtherSubnet')], SecurityGroups: [ref('ProxyGroup')] },
};

export const FORWARDERS = packets(
  ['a proxy in a public subnet', 'way out', [proxy({}), TO_PROXY]],
  [
    'the same, by the range of the VPC',
    'way out',
    [proxy({}), egress(tcp(S3_LIST), tcp({ CidrIp: '10.0.0.0/16' }, 3128))],
  ],
  ['the same, on another port', 'through', [proxy({}), egress(tcp(S3_LIST), tcp({ CidrIp: '10.0.0.0/16' }, 5432))]],
  ['the same, which takes nothing of ours', 'through', [proxy({}, tcp({ CidrIp: '192.168.0.0/16' }, 3128)), TO_PROXY]],
  ['the same, where nothing leads to it', 'through', [proxy({}), egress(tcp(S3_LIST))]],
  ['a machine without a way out', 'through', [proxy({}), { PublicRoute: null }, TO_PROXY]],
  [
    'a machine whose group lets nothing out',
    'through',
    [proxy({}), { ProxyGroup: { SecurityGroupEgress: [any('icmp', NOWHERE)] } }, TO_PROXY],
  ],
  ['a proxy in tasks', 'way out', [proxy({}), { Proxy: TASKS }, TO_PROXY]],
  ['tasks without a way out', 'through', [proxy({}), { Proxy: TASKS, PublicRoute: null }, TO_PROXY]],
  [
    'tasks that take nothing of ours',
    'through',
    [proxy({}, tcp({ CidrIp: '192.168.0.0/16' }, 3128)), { Proxy: TASKS }, TO_PROXY],
  ],
  ['a load balancer', 'through, assuming', [proxy({}), { Proxy: BALANCER }, TO_PROXY]],
  [
    'a load balancer on another port',
    'through',
    [proxy({}, tcp({ CidrIp: '10.0.0.0/16' }, 80)), { Proxy: BALANCER }, TO_PROXY],
  ],
  [
    'a group elsewhere',
    'through, assuming',
    [egress(tcp(S3_LIST), tcp({ DestinationSecurityGroupId: 'sg-0abc' }, 3128))],
  ],
  [
    'a group of a database',
    'through',
    [
      { Database: { Type: 'AWS::EC2::SecurityGroup', Properties: { VpcId: ref('Vpc') } } },
      egress(tcp(S3_LIST), tcp({ DestinationSecurityGroupId: ref('Database') }, 5432)),
    ],
  ],
);
