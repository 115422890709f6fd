import type { ResourceRef } from './template-location';

/** What a route leads to. */
export type RouteTarget =
  | 'internet gateway'
  | 'egress-only internet gateway'
  | 'NAT gateway'
  | 'transit gateway'
  | 'peering connection'
  | 'virtual private gateway'
  | 'network interface'
  | 'instance'
  | 'gateway load balancer endpoint'
  | 'carrier gateway'
  | 'local gateway'
  | 'core network'
  | 'Oracle database network'
  | 'local'
  | 'unknown';

/** A prefix list. */
export interface PrefixListModel {
  readonly id: string;
  /** Whether the template has its content, or what its id tells in its Region. */
  readonly kind: 'listed' | 'S3' | 'of another service' | 'unknown';
  readonly ranges: readonly string[];
}

/** A route that the template adds to a route table. */
export interface RouteModel {
  readonly where: ResourceRef;
  /** A range of addresses or a prefix list. */
  readonly destination: string;
  /** The list that the destination is, if it is one. */
  readonly list?: PrefixListModel;
  readonly target: RouteTarget;
  readonly targetId: string;
  /** Whether it is a NAT gateway that leads to private addresses. */
  readonly isPrivateNat?: boolean;
}

/** Something that writes routes into a route table, which the template does not show. */
export interface PropagationModel {
  readonly where: ResourceRef;
  /** What they come from. */
  readonly from: string;
}

/** A route table. */
export interface RouteTableModel {
  readonly id: string;
  /** Absent if it is not in the assembly. */
  readonly where?: ResourceRef;
  readonly routes: readonly RouteModel[];
  readonly propagations: readonly PropagationModel[];
}

/** A rule of a network ACL. */
export interface NetworkAclEntryModel {
  readonly where: ResourceRef;
  readonly isEgress: boolean;
  readonly number: number;
  readonly allows: boolean;
  /** A number or a name; `-1` is every protocol. */
  readonly protocol: string;
  readonly range: string;
  readonly fromPort?: number;
  readonly toPort?: number;
}

/** A network ACL: what no entry allows is refused. */
export interface NetworkAclModel {
  readonly id: string;
  /** The ACL, or the VPC whose default one it is. */
  readonly where: ResourceRef;
  readonly entries: readonly NetworkAclEntryModel[];
}

/** A VPC. */
export interface VpcModel {
  readonly id: string;
  /** Absent if it is not in the assembly. */
  readonly where?: ResourceRef;
  /** Its ranges of addresses of both families, as far as the templates tell. */
  readonly ranges: readonly string[];
  /** Whether the resolver of the VPC answers. */
  readonly hasResolver: boolean;
  /** Whether names of private DNS may be given. */
  readonly hasHostnames: boolean;
  /** Name servers that DHCP gives the machines in place of that resolver. */
  readonly nameServers: readonly string[];
  /** What answers for names of S3 in place of the public DNS. */
  readonly takeovers: readonly NameTakeoverModel[];
  /** What forwards names to servers elsewhere. */
  readonly forwarders: readonly NameTakeoverModel[];
  /** The domains whose names its private hosted zones and forwarders answer, and nobody else. */
  readonly ownDomains: readonly string[];
  /** The rules of its DNS Firewall, in the order in which they are asked. */
  readonly dnsRules: readonly DnsRuleModel[];
  /** What lets names through while the firewall does not answer. */
  readonly dnsFailOpen?: ResourceRef;
}

/** A rule of a DNS Firewall. */
export interface DnsRuleModel {
  /** The group of rules, or what associates one that is not in the assembly. */
  readonly where: ResourceRef;
  /** The group, where it is not in the assembly: all of its rules are this one. */
  readonly unseenGroup?: string;
  /** `ALLOW`, `BLOCK` or `ALERT`, which lets through as well. */
  readonly action: string;
  /** The names that it is for; absent if they are not in the assembly. */
  readonly domains?: readonly string[];
  /** Whether the names that an answer leads on to are let through unseen. */
  readonly trustsRedirections: boolean;
  readonly isForAllTypes: boolean;
}

/** Something that answers for names of a domain. */
export interface NameTakeoverModel {
  readonly where: ResourceRef;
  /** How it is called in a sentence. */
  readonly name: string;
  /** The domain, without a dot at its end; empty for all names. */
  readonly domain: string;
}

/** A subnet. */
export interface SubnetModel {
  readonly id: string;
  /** Absent if it is not in the assembly. */
  readonly where?: ResourceRef;
  readonly vpcId?: string;
  readonly cidr?: string;
  readonly ipv6Cidrs: readonly string[];
  readonly isIpv6Only: boolean;
  readonly publicIps: boolean;
  /** The route table that the assembly associates with it. */
  readonly routeTable?: RouteTableModel;
  /** Absent if it is not in the assembly. */
  readonly networkAcl?: NetworkAclModel;
}

/** A rule of a security group. */
export interface RuleModel {
  readonly where: ResourceRef;
  /** `-1` is every protocol. */
  readonly protocol: string;
  readonly fromPort?: number;
  readonly toPort?: number;
  readonly peer: 'addresses' | 'prefix list' | 'security group' | 'unknown';
  readonly peerId: string;
  /** The prefix list, if the peer is one. */
  readonly list?: PrefixListModel;
}

/** A security group. */
export interface SecurityGroupModel {
  readonly id: string;
  /** Absent if it is not in the assembly. */
  readonly where?: ResourceRef;
  readonly vpcId?: string;
  readonly ingress: readonly RuleModel[];
  /** EC2's rule that allows everything is one of them where it applies. */
  readonly egress: readonly RuleModel[];
}

/** A network interface of a machine, or of each of them; the subnets are those that it may be in. */
export interface NetworkInterfaceModel {
  readonly where: ResourceRef;
  /** How it is called in a sentence; absent for the only one. */
  readonly name?: string;
  readonly subnets: readonly SubnetModel[];
  readonly securityGroups: readonly SecurityGroupModel[];
}

/** Something beside the machines that takes connections and may pass on what comes with them. */
export interface RelayModel extends Omit<NetworkInterfaceModel, 'name'> {
  readonly kind: 'tasks' | 'load balancer';
}

/** A service network of VPC Lattice that a VPC has joined. */
export interface ServiceNetworkModel {
  readonly where: ResourceRef;
  readonly vpcId: string;
  readonly name: string;
}
