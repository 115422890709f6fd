import {
  ref,
  tcp,
  any,
  egress,
  list,
  TO_LIST,
  acl,
  OUT,
  BACK,
  route,
  S3_LIST,
  INTERFACE,
  ingress,
  TO_GROUP,
  FROM_GROUP,
  IPV6_ONLY,
  ENDPOINT_IPV6,
  packets,
} from './words';

export const INTERFACES = packets(
  ['an interface endpoint', 'through', [INTERFACE]],
  ['to its group', 'through', [INTERFACE, egress(tcp(TO_GROUP))]],
  ['to the range of the VPC', 'through', [INTERFACE, egress(tcp({ CidrIp: '10.0.0.0/16' }))]],
  ['to the range of its subnet', 'through', [INTERFACE, egress(tcp({ CidrIp: '10.0.2.0/24' }))]],
  ['to half of its subnet', 'through, assuming', [INTERFACE, egress(tcp({ CidrIp: '10.0.2.0/25' }))]],
  ['to another subnet', 'group', [INTERFACE, egress(tcp({ CidrIp: '10.0.3.0/24' }))]],
  ['to the list of S3', 'group', [INTERFACE, egress(tcp(S3_LIST))]],
  ['to public addresses of S3', 'group', [INTERFACE, egress(tcp({ CidrIp: '52.218.0.0/17' }))]],
  ['to another group', 'group', [INTERFACE, egress(tcp({ DestinationSecurityGroupId: 'sg-0abc' }))]],
  ['to its group on port 80', 'group', [INTERFACE, egress(tcp(TO_GROUP, 80))]],
  ['from the group of the machine', 'through', [INTERFACE, ingress(tcp(FROM_GROUP))]],
  ['from the subnet of the machine', 'through', [INTERFACE, ingress(tcp({ CidrIp: '10.0.1.0/24' }))]],
  [
    'from the range of the VPC, by its attribute',
    'through',
    [INTERFACE, ingress(tcp({ CidrIp: { 'Fn::GetAtt': ['Vpc', 'CidrBlock'] } }))],
  ],
  ['from every protocol', 'through', [INTERFACE, ingress(any('-1', { CidrIp: '10.0.0.0/8' }))]],
  ['from another range', 'group of the endpoint', [INTERFACE, ingress(tcp({ CidrIp: '192.168.0.0/16' }))]],
  ['from another subnet', 'group of the endpoint', [INTERFACE, ingress(tcp({ CidrIp: '10.0.2.0/24' }))]],
  ['from another group', 'group of the endpoint', [INTERFACE, ingress(tcp({ SourceSecurityGroupId: 'sg-0abc' }))]],
  ['from nobody', 'group of the endpoint', [INTERFACE, ingress()]],
  ['on port 80', 'group of the endpoint', [INTERFACE, ingress(tcp({ CidrIp: '10.0.0.0/16' }, 80))]],
  [
    'from a rule alone',
    'through',
    [
      INTERFACE,
      ingress(),
      {
        Alone: {
          Type: 'AWS::EC2::SecurityGroupIngress',
          Properties: { GroupId: ref('EndpointGroup'), ...tcp(FROM_GROUP) },
        },
      },
    ],
  ],
  [
    'from a list with the VPC',
    'through',
    [INTERFACE, list('10.0.0.0/16'), ingress(tcp({ SourcePrefixListId: TO_LIST.DestinationPrefixListId }))],
  ],
  [
    'from a list without it',
    'group of the endpoint',
    [INTERFACE, list('10.7.0.0/16'), ingress(tcp({ SourcePrefixListId: TO_LIST.DestinationPrefixListId }))],
  ],
  [
    'from a range of a parameter',
    'through, assuming',
    [INTERFACE, ingress(tcp({ CidrIp: { 'Fn::ImportValue': 'range' } }))],
  ],
  [
    'past the ACL of its subnet',
    'through',
    [
      INTERFACE,
      acl(
        [
          [100, 'in', '443', '10.0.1.0/24'],
          [100, 'out', '1024-65535', '10.0.1.0/24'],
        ],
        'OtherSubnet',
      ),
    ],
  ],
  ['into the ACL of its subnet', 'ACL', [INTERFACE, acl([[100, 'out', '1024-65535']], 'OtherSubnet')]],
  ['back into the ACL of its subnet', 'ACL', [INTERFACE, acl([[100, 'in', '443']], 'OtherSubnet')]],
  ['out of the ACL of its own subnet', 'ACL', [INTERFACE, acl([BACK])]],
  [
    'in the same subnet, whose ACL refuses all',
    'through',
    [INTERFACE, acl([]), { Endpoint: { SubnetIds: [ref('Subnet')] } }],
  ],
  [
    'past the ACL of one of two subnets',
    'ACL',
    [INTERFACE, acl([]), { Endpoint: { SubnetIds: [ref('Subnet'), ref('OtherSubnet')] } }],
  ],
  ['through a firewall within the VPC', 'way out', [INTERFACE, route({ VpcEndpointId: 'vpce-0abc' }, '10.0.2.0/24')]],
  [
    'with private DNS for other networks only',
    'through, assuming',
    [INTERFACE, { Endpoint: { DnsOptions: { PrivateDnsOnlyForInboundResolverEndpoint: 'OnlyInboundResolver' } } }],
  ],
);

const DEFAULT_GROUP = { 'Fn::GetAtt': ['Vpc', 'DefaultSecurityGroup'] };

export const DEFAULT_GROUPS = packets(
  [
    'an endpoint without a group has the default one',
    'group of the endpoint',
    [INTERFACE, { Endpoint: { SecurityGroupIds: null } }],
  ],
  [
    'the same, and the machine is in it',
    'through',
    [INTERFACE, { Endpoint: { SecurityGroupIds: null }, Instance: { SecurityGroupIds: [DEFAULT_GROUP] } }],
  ],
  [
    'the same, with a rule for the machine',
    'through',
    [
      INTERFACE,
      {
        Endpoint: { SecurityGroupIds: null },
        More: { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { GroupId: DEFAULT_GROUP, ...tcp(FROM_GROUP) } },
      },
    ],
  ],
);

export const FAMILIES = packets(
  ['a subnet of IPv6 only, a gateway of IPv4', 'family', [IPV6_ONLY]],
  [
    'a subnet of IPv6 only, a gateway of both',
    'through',
    [IPV6_ONLY, ENDPOINT_IPV6, egress(tcp({ CidrIpv6: '::/0' }))],
  ],
  ['the same, for IPv4 only', 'group', [IPV6_ONLY, ENDPOINT_IPV6]],
  [
    'the same, past an ACL for IPv6',
    'through',
    [
      IPV6_ONLY,
      ENDPOINT_IPV6,
      egress(tcp({ CidrIpv6: '::/0' })),
      acl([
        [100, 'out', '443', '::/0'],
        [100, 'in', '1024-65535', '::/0'],
      ]),
    ],
  ],
  [
    'the same, past an ACL for IPv4',
    'ACL',
    [IPV6_ONLY, ENDPOINT_IPV6, egress(tcp({ CidrIpv6: '::/0' })), acl([OUT, BACK])],
  ],
  [
    'an interface endpoint of IPv6 only, a subnet of IPv4',
    'family',
    [INTERFACE, { Endpoint: { IpAddressType: 'ipv6' } }],
  ],
  ['an interface endpoint of both', 'through', [INTERFACE, ENDPOINT_IPV6]],
);
