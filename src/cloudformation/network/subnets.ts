import { dnsRulesOf, failOpenOf } from './dns-firewall';
import { forwardersOf, hostedZonesOf, profilesOf } from './name-takeovers';
import { networkAclOf } from './network-acls';
import { routeTableNamed } from './routes';
import { isTrue, textOf, textsOf } from '../json';
import type { SubnetModel, VpcModel } from '../network-model';
import { ResourceIndex, refTo } from '../resource-index';

/** A subnet, with the route table and the network ACL that the assembly associates with it. */
export function subnetNamed(id: string, index: ResourceIndex): SubnetModel {
  const subnet = index.named('AWS::EC2::Subnet', id);
  const association = index
    .ofType('AWS::EC2::SubnetRouteTableAssociation')
    .find(({ properties }) => textOf(properties.SubnetId) === id);
  const routeTableId = textOf(association?.properties.RouteTableId);
  const vpcId = textOf(subnet?.properties.VpcId);
  const networkAcl = networkAclOf(id, vpcId, index);
  return {
    id,
    where: subnet && refTo(subnet),
    vpcId,
    cidr: textOf(subnet?.properties.CidrBlock),
    ipv6Cidrs: [
      ...textsOf(subnet?.properties.Ipv6CidrBlock),
      ...index
        .ofType('AWS::EC2::SubnetCidrBlock')
        .filter(({ properties }) => textOf(properties.SubnetId) === id)
        .flatMap(({ properties }) => textOf(properties.Ipv6CidrBlock) ?? `<${id}#Ipv6CidrBlock>`),
    ],
    isIpv6Only: isTrue(subnet?.properties.Ipv6Native),
    publicIps: isTrue(subnet?.properties.MapPublicIpOnLaunch),
    routeTable: routeTableId === undefined ? undefined : routeTableNamed(routeTableId, index),
    ...(networkAcl === undefined ? {} : { networkAcl }),
  };
}

/** A VPC, with its ranges and what resolves names in it. */
export function vpcNamed(id: string, index: ResourceIndex): VpcModel {
  const vpc = index.named('AWS::EC2::VPC', id);
  const blocks = index.ofType('AWS::EC2::VPCCidrBlock').filter(({ properties }) => textOf(properties.VpcId) === id);
  const zones = hostedZonesOf(id, index);
  const forwarders = [...forwardersOf(id, index), ...profilesOf(id, index)];
  const dnsFailOpen = failOpenOf(id, index);
  return {
    id,
    where: vpc && refTo(vpc),
    ranges: [
      ...textsOf(vpc?.properties.CidrBlock),
      ...blocks.flatMap(({ properties }) => textsOf(properties.CidrBlock ?? properties.Ipv6CidrBlock)),
    ],
    hasResolver: textOf(vpc?.properties.EnableDnsSupport) !== 'false',
    hasHostnames: isTrue(vpc?.properties.EnableDnsHostnames),
    nameServers: nameServersOf(id, textOf(vpc?.properties.CidrBlock), index),
    takeovers: [...zones, ...forwarders].filter(each => each.coversS3),
    forwarders,
    ownDomains: [...zones, ...forwarders].map(({ domain }) => domain.toLowerCase()).filter(domain => domain !== ''),
    dnsRules: dnsRulesOf(id, index),
    ...(dnsFailOpen === undefined ? {} : { dnsFailOpen }),
  };
}

/**
 * Where the resolver of a VPC answers, beside the third address of the VPC's primary range.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html#AmazonDNS
 */
const RESOLVER = ['AmazonProvidedDNS', '169.254.169.253', 'fd00:ec2::253'];

/** Name servers of the user's own, which DHCP gives the machines in place of the VPC's resolver, or beside it. */
function nameServersOf(vpcId: string, range: string | undefined, index: ResourceIndex): readonly string[] {
  const association = index
    .ofType('AWS::EC2::VPCDHCPOptionsAssociation')
    .find(({ properties }) => textOf(properties.VpcId) === vpcId);
  const id = textOf(association?.properties.DhcpOptionsId);
  const options = index.named('AWS::EC2::DHCPOptions', id);
  if (id !== undefined && id !== 'default' && options === undefined) {
    return [`(those of ${id})`];
  }
  const servers = textsOf(options?.properties.DomainNameServers);
  const third = range?.replace(
    /^(\d+\.\d+\.\d+\.)(\d+)\/.*$/,
    (_, start: string, last: string) => start + (Number(last) + 2),
  );
  return servers.filter(each => ![...RESOLVER, third].includes(each));
}
