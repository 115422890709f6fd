import { IPeer, IPrefixList, ISecurityGroup, Peer } from 'aws-cdk-lib/aws-ec2';
import { S3_PREFIX_LISTS } from '../base';
import { Problem, isConcrete, unless } from '../private';

/** Where a workload may send its HTTPS requests to. */
export interface Egress {
  /**
   * The target, which renders inside the security group: a stand-alone rule would leave EC2's allow-all until it
   * exists.
   */
  readonly peer: IPeer;
  /** What the target is, for the rule's description. */
  readonly description: string;
  /** Set where the target is any address of a family, because the id of the prefix list is not known. */
  readonly anywhere?: 'IPv4' | 'IPv6';
}

/** To a prefix list that the user names. */
export function egressToPrefixList({ prefixListId }: IPrefixList): Egress {
  return { peer: inline(Peer.prefixList(prefixListId)), description: 'HTTPS to S3' };
}

/** What is wrong with the prefix list of S3: those of other Regions are none here. */
export function prefixListProblems(list: IPrefixList | undefined, region: string): Problem[] {
  const own = S3_PREFIX_LISTS.get(region);
  const got = list?.prefixListId;
  const isElsewhere = own !== undefined && got !== own && [...S3_PREFIX_LISTS.values()].some(each => each === got);
  return unless(!isElsewhere, {
    prop: 's3PrefixList',
    got,
    allowed: `the prefix list of S3 in ${region}, ${own}`,
    fix: 'leave it out',
  });
}

/** To the security group of an interface endpoint. */
export function egressToEndpoint(securityGroup: ISecurityGroup): Egress {
  return {
    peer: inline(Peer.securityGroupId(securityGroup.securityGroupId)),
    description: 'HTTPS to the interface endpoint',
  };
}

/** To S3 in the Region where its prefix list is known; elsewhere to any address that the routes reach. */
export function egressToS3(region: string): Egress {
  const prefixListId = isConcrete(region) ? S3_PREFIX_LISTS.get(region) : undefined;
  return prefixListId === undefined
    ? {
        peer: Peer.anyIpv4(),
        description: 'HTTPS to wherever the routes lead, which is the S3 endpoint',
        anywhere: 'IPv4',
      }
    : { peer: inline(Peer.prefixList(prefixListId)), description: 'HTTPS to S3' };
}

/** To any IPv6 address that the routes reach: there is no table of the IPv6 prefix lists of S3. */
export const EGRESS_TO_ANY_IPV6: Egress = {
  peer: Peer.anyIpv6(),
  description: 'HTTPS over IPv6 to wherever the routes lead, which is the S3 endpoint',
  anywhere: 'IPv6',
};

/** The same peer, rendered inside the security group. */
export function inline(peer: IPeer): IPeer {
  return {
    canInlineRule: true,
    connections: peer.connections,
    uniqueId: peer.uniqueId,
    toIngressRuleConfig: () => peer.toIngressRuleConfig(),
    toEgressRuleConfig: () => peer.toEgressRuleConfig(),
  };
}
