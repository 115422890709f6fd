import {
  ref,
  tcp,
  any,
  egress,
  NOWHERE,
  alone,
  list,
  TO_LIST,
  acl,
  defaultAcl,
  OUT,
  BACK,
  S3_LIST,
  packets,
} from './words';

export const GROUPS = packets(
  ['HTTPS to any address', 'through', []],
  ['every protocol to any address', 'through', [egress(any())]],
  ['TCP by its number', 'through', [egress(any('6', { FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' }))]],
  ['a number for every protocol', 'through', [egress(any(-1))]],
  ['a range of ports with 443', 'through', [egress(tcp({ CidrIp: '0.0.0.0/0' }, 0, 65535))]],
  ['a range of ports up to 443', 'through', [egress(tcp({ CidrIp: '0.0.0.0/0' }, 80, 443))]],
  ['a range of ports below 443', 'group', [egress(tcp({ CidrIp: '0.0.0.0/0' }, 80, 442))]],
  ['a range of ports above 443', 'group', [egress(tcp({ CidrIp: '0.0.0.0/0' }, 444, 65535))]],
  ['port 80 only', 'group', [egress(tcp({ CidrIp: '0.0.0.0/0' }, 80))]],
  ['UDP 443 only', 'group', [egress({ ...tcp({ CidrIp: '0.0.0.0/0' }), IpProtocol: 'udp' })]],
  ['ICMP only', 'group', [egress(any('icmp'))]],
  ['the default rule of a group', 'through', [egress()]],
  ['nowhere, as the CDK writes it', 'group', [egress(any('icmp', NOWHERE))]],
  [
    'nowhere, and a rule alone for HTTPS',
    'through',
    [egress(any('icmp', NOWHERE)), alone(tcp({ CidrIp: '0.0.0.0/0' }))],
  ],
  ['a rule alone for port 80', 'group', [egress(), alone(tcp({ CidrIp: '0.0.0.0/0' }, 80))]],
  ['IPv6 only', 'group', [egress(tcp({ CidrIpv6: '::/0' }))]],
  ['the range of the VPC', 'group', [egress(tcp({ CidrIp: '10.0.0.0/16' }))]],
  ['two halves of all addresses', 'through', [egress(tcp({ CidrIp: '0.0.0.0/1' }), tcp({ CidrIp: '128.0.0.0/1' }))]],
  ['one of eight parts of all addresses', 'through, assuming', [egress(tcp({ CidrIp: '32.0.0.0/3' }))]],
  ['a range that S3 has addresses in', 'through, assuming', [egress(tcp({ CidrIp: '52.218.0.0/17' }))]],
  ['a public range of somebody else', 'group', [egress(tcp({ CidrIp: '203.0.113.0/24' }))]],
  ['the prefix list of S3', 'through', [egress(tcp(S3_LIST))]],
  ['the prefix list of S3 on port 80', 'group', [egress(tcp(S3_LIST, 80))]],
  ['the prefix list of DynamoDB', 'group', [egress(tcp({ DestinationPrefixListId: 'pl-6fa54006' }))]],
  ['the list of S3 in another Region', 'group', [egress(tcp(S3_LIST))], 'eu-central-1'],
  ['an id of S3 where the Region is not known', 'through', [egress(tcp(S3_LIST))], ''],
  ['a list where no id of S3 is known', 'through, assuming', [egress(tcp(S3_LIST))], 'eu-south-1'],
  ['an imported list', 'through, assuming', [egress(tcp({ DestinationPrefixListId: 'pl-0123456789abcdef0' }))]],
  ['a list of the app with everything', 'through', [list('0.0.0.0/0'), egress(tcp(TO_LIST))]],
  ['a list of the app with private ranges', 'group', [list('10.0.0.0/8', '192.168.0.0/16'), egress(tcp(TO_LIST))]],
  [
    'a list of the app with ranges of S3',
    'through, assuming',
    [list('52.218.0.0/17', '3.5.64.0/21'), egress(tcp(TO_LIST))],
  ],
  ['an empty list of the app', 'group', [list(), egress(tcp(TO_LIST))]],
  ['another security group', 'group', [egress(tcp({ DestinationSecurityGroupId: 'sg-0abc' }))]],
  ['a group that is not in the assembly', 'through, assuming', [{ Instance: { SecurityGroupIds: ['sg-0abc'] } }]],
  [
    'a closed and an open group',
    'through',
    [
      egress(any('icmp', NOWHERE)),
      {
        Instance: { SecurityGroupIds: [ref('Group'), ref('More')] },
        More: { Type: 'AWS::EC2::SecurityGroup', Properties: { VpcId: ref('Vpc') } },
      },
    ],
  ],
);

export const ACLS = packets(
  ['the default ACL', 'through', [defaultAcl()]],
  ['the default ACL with a Deny before', 'ACL', [defaultAcl([50, 'out', '443', '0.0.0.0/0', 'deny'])]],
  ['the default ACL with a Deny after', 'through', [defaultAcl([200, 'out', '443', '0.0.0.0/0', 'deny'])]],
  ['the default ACL without answers', 'ACL', [defaultAcl([50, 'in', '1024-65535', '0.0.0.0/0', 'deny'])]],
  ['HTTPS out and answers in', 'through', [acl([OUT, BACK])]],
  ['no entry', 'ACL', [acl([])]],
  ['HTTPS out, nothing in', 'ACL', [acl([OUT])]],
  ['answers in, nothing out', 'ACL', [acl([BACK])]],
  ['HTTPS out and HTTPS in', 'ACL', [acl([OUT, [100, 'in', '443']])]],
  [
    'everything by protocol -1',
    'through',
    [
      acl([
        [100, 'out', '', '0.0.0.0/0', 'allow', -1],
        [100, 'in', '', '0.0.0.0/0', 'allow', '-1'],
      ]),
    ],
  ],
  ['everything, UDP only', 'ACL', [acl([[100, 'out', '0-65535', '0.0.0.0/0', 'allow', 17], BACK])]],
  [
    'everything for IPv6 only',
    'ACL',
    [
      acl([
        [100, 'out', '443', '::/0'],
        [100, 'in', '1024-65535', '::/0'],
      ]),
    ],
  ],
  [
    'within the VPC only',
    'ACL',
    [
      acl([
        [100, 'out', '0-65535', '10.0.0.0/16'],
        [100, 'in', '0-65535', '10.0.0.0/16'],
      ]),
    ],
  ],
  ['answers to the ports of Linux', 'through', [acl([OUT, [100, 'in', '32768-60999']])]],
  ['answers to the ports of Windows', 'through, assuming', [acl([OUT, [100, 'in', '49152-65535']])]],
  ['answers to low ports', 'ACL', [acl([OUT, [100, 'in', '1024-32767']])]],
  ['answers to two ranges of ports', 'through', [acl([OUT, [100, 'in', '1024-40000'], [110, 'in', '40001-65535']])]],
  ['answers to two ranges with a gap', 'ACL', [acl([OUT, [100, 'in', '1024-40000'], [110, 'in', '40002-48000']])]],
  ['a Deny before the Allow', 'ACL', [acl([[90, 'out', '443', '0.0.0.0/0', 'deny'], OUT, BACK])]],
  ['a Deny after the Allow', 'through', [acl([OUT, [110, 'out', '443', '0.0.0.0/0', 'deny'], BACK])]],
  ['a Deny of another port', 'through', [acl([[90, 'out', '80', '0.0.0.0/0', 'deny'], OUT, BACK])]],
  ['a Deny of private ranges', 'through', [acl([[90, 'out', '', '10.0.0.0/8', 'deny', -1], OUT, BACK])]],
  ['a Deny of a range of S3', 'through, assuming', [acl([[90, 'out', '443', '52.218.0.0/17', 'deny'], OUT, BACK])]],
  ['a Deny of answers from everywhere', 'ACL', [acl([OUT, [90, 'in', '', '0.0.0.0/0', 'deny', -1], BACK])]],
  [
    'an Allow of ranges of S3',
    'through, assuming',
    [
      acl([
        [100, 'out', '443', '52.216.0.0/14'],
        [100, 'in', '1024-65535', '52.216.0.0/14'],
      ]),
    ],
  ],
  ['an ACL of another subnet', 'through', [acl([], 'OtherSubnet')]],
  [
    'an ACL that is not in the assembly',
    'through, assuming',
    [
      {
        Imported: {
          Type: 'AWS::EC2::SubnetNetworkAclAssociation',
          Properties: { SubnetId: ref('Subnet'), NetworkAclId: 'acl-0abc' },
        },
      },
    ],
  ],
);
