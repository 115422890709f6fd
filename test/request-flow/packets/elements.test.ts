import { MATRIX } from './matrix';
import { flowIn, hopOf, networkWith, Resource } from './network';
import type { Json } from '../../../src/cloudformation/json';

type Network = Readonly<Record<string, Resource>>;

/** What ends no packet elsewhere if it is taken out or turned, by the pattern of its name. */
const OF_NO_PACKET: ReadonlyArray<readonly [element: RegExp, reason: string]> = [
  [/^AWS::EC2::Instance (IamInstanceProfile|MetadataOptions)$/, 'it tells who asks, and moves no packet'],
  [/ VpcId$/, 'the subnet of the machine tells the VPC'],
  [/ GroupDescription$/, 'it is for people'],
  [
    /^AWS::EC2::Route (\w+Id|CoreNetworkArn)$/,
    'CloudFormation takes no route without a target: one that is not known counts as a way out too',
  ],
  [/Propagation (RouteServerId|VpnGatewayId)$/, 'whatever propagates routes may propagate any'],
  [/^AWS::EC2::SecurityGroup(Egress|Ingress) (FromPort|ToPort|IpProtocol)$/, 'a rule without ports is for all of them'],
  [/^AWS::EC2::Subnet Ipv6CidrBlock$/, 'a subnet of IPv6 alone has a range of it anyway'],
  [/^AWS::Route53Resolver::FirewallRuleGroupAssociation Priority$/, 'the matrix associates one rule group with a VPC'],
];

const OPPOSITES: ReadonlyArray<readonly [Json, Json]> = [
  [true, false],
  ['true', 'false'],
  ['allow', 'deny'],
  ['ipv4', 'ipv6'],
  ['Gateway', 'Interface'],
];

/** Every element of a network, a resource or a property of one, with the network without it or with its opposite. */
function elementsOf(network: Network): ReadonlyArray<readonly [element: string, rest: Network]> {
  return Object.entries(network)
    .filter(([, { Type }]) => /^AWS::(EC2|Route53|Route53Resolver)::/.test(Type))
    .flatMap(([id, { Type, Properties }]) => {
      const { [id]: _, ...others } = network;
      const withProperties = (properties: Resource['Properties']) => ({
        ...others,
        [id]: { Type, Properties: properties },
      });
      const ofProperties = Object.entries(Properties).flatMap(([property, value]) => {
        const { [property]: __, ...rest } = Properties;
        const turned = oppositeOf(value).map(
          each => [`${Type} ${property}, turned`, withProperties({ ...rest, [property]: each })] as const,
        );
        return [[`${Type} ${property}`, withProperties(rest)] as const, ...turned];
      });
      return [[Type, others] as const, ...ofProperties];
    });
}

function oppositeOf(value: Json | undefined): readonly Json[] {
  return OPPOSITES.flatMap(([one, other]) => (value === one ? [other] : value === other ? [one] : []));
}

/** Where a packet ends; a network that makes no sense any more ends it too. */
function endOf(network: Network, region: string | undefined): string {
  try {
    return hopOf(flowIn(network, region));
  } catch {
    return 'nowhere';
  }
}

test('whatever of a network is taken out or turned, some packet ends elsewhere', () => {
  const matters = new Map<string, boolean>();
  for (const { network, hop, region } of MATRIX) {
    for (const [element, rest] of elementsOf(networkWith(...network))) {
      matters.set(element, matters.get(element) === true || endOf(rest, region) !== hop);
    }
  }
  const others = [...matters].filter(([, does]) => !does).map(([element]) => element);

  expect(matters.size).toBeGreaterThan(60);
  expect(others.filter(element => !OF_NO_PACKET.some(([pattern]) => pattern.test(element)))).toEqual([]);
  expect(OF_NO_PACKET.filter(([pattern]) => !others.some(element => pattern.test(element)))).toEqual([]);
});
