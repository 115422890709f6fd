import { contains, EVERYWHERE, ofFamily, overlaps, S3_ADDRESSES, Span, spansIn } from './addresses';
import { aclCoverage, Direction } from './network-acls';
import { EPHEMERAL, EPHEMERAL_OF_WINDOWS, HTTPS, Ports } from './ports';
import { destinationOf, takingOver } from './routes';
import type { Peer } from './security-groups';
import { EndpointModel, nameOf, SubnetModel, WorkloadModel } from '../../cloudformation';
import { broken, fine, FlowCheck } from '../model';

/** The endpoint that packets go to; only its id is known if it is not in the assembly. */
export interface Destination {
  readonly id: string;
  readonly endpoint?: EndpointModel;
}

/** What a packet of a subnet meets on its way to S3 and back: network ACLs, which keep no state, and routes. */
export function journeyChecks(workload: WorkloadModel, subnet: SubnetModel, { endpoint }: Destination): FlowCheck[] {
  const family = familyOf(subnet, endpoint);
  if (family === undefined) {
    return [noCommonFamily(subnet, endpoint)];
  }
  return endpoint?.kind === 'interface'
    ? toInterface(workload, subnet, endpoint, family)
    : [...throughAcl(subnet, s3Peer(family)), ...takingOver(subnet, family, spansIn(workload.vpc?.ranges ?? []))];
}

/** The network ACLs that are not in the assembly are one assumption for each VPC. */
export function unseenAclChecks({ subnets, vpc, where }: WorkloadModel, paths: readonly Destination[]): FlowCheck[] {
  const all = [...subnets, ...paths.flatMap(({ endpoint }) => endpoint?.subnets ?? [])];
  const unseen = all.filter(({ networkAcl }) => networkAcl === undefined).map(({ id }) => id);
  const whose = vpc === undefined ? unseen.join(', ') : `the VPC ${vpc.id}`;
  return unseen.length === 0
    ? []
    : [
        fine(where, `network ACLs of ${whose} are not in the assembly`, [
          `the network ACLs of ${whose} let HTTPS to S3 and its answers through`,
        ]),
      ];
}

/** S3 at its public addresses. */
export function s3Peer(family: Span['family']): Peer {
  return { name: 'S3', spans: ofFamily(S3_ADDRESSES, family), isS3: true, groupIds: [] };
}

/** The network interfaces of an endpoint. */
export function endpointPeer(endpoint: EndpointModel, { vpc }: WorkloadModel, family: Span['family']): Peer {
  return peerIn(endpoint, vpc, family);
}

/** The machines of a workload in its subnets. */
export function workloadPeer(workload: WorkloadModel, family: Span['family']): Peer {
  return peerIn(workload, workload.vpc, family);
}

/** What is in some subnets; in any of the VPC, where they are not known. */
function peerIn(
  { where, subnets, securityGroups }: Pick<WorkloadModel, 'where' | 'subnets' | 'securityGroups'>,
  vpc: WorkloadModel['vpc'],
  family: Span['family'],
): Peer {
  return {
    name: nameOf(where),
    spans:
      subnets.length === 0 ? rangesOf(vpc?.ranges ?? [], family) : subnets.flatMap(each => spansOf(each, vpc, family)),
    isS3: false,
    groupIds: securityGroups.map(({ id }) => id),
  };
}

/** IPv4, but for a subnet or an endpoint that has none; nothing where they have no family in common. */
export function familyOf(
  subnet: SubnetModel | undefined,
  endpoint: EndpointModel | undefined,
): Span['family'] | undefined {
  const hasIpv4 = endpoint?.addressType !== 'ipv6';
  const hasIpv6 = endpoint === undefined || endpoint.addressType !== 'ipv4';
  if (subnet?.isIpv6Only === true) {
    return hasIpv6 ? 6 : undefined;
  }
  return hasIpv4 ? 4 : subnet?.where !== undefined && subnet.ipv6Cidrs.length === 0 ? undefined : 6;
}

function noCommonFamily(subnet: SubnetModel, endpoint: EndpointModel | undefined): FlowCheck {
  const [own, other] = subnet.isIpv6Only ? ['IPv6', 'IPv4'] : ['IPv4', 'IPv6'];
  return broken(
    endpoint?.where ?? subnet.where,
    `${subnetName(subnet)} has addresses of ${own} only, and the endpoint those of ${other} only`,
    'set IpAddressType of the endpoint to dualstack',
  );
}

function spansOf(subnet: SubnetModel, vpc: WorkloadModel['vpc'], family: Span['family']): Span[] {
  const own = family === 4 ? [subnet.cidr ?? ''] : subnet.ipv6Cidrs;
  const known = ofFamily(spansIn(own), family);
  return known.length > 0 ? known : rangesOf(vpc?.ranges ?? [], family);
}

/** Where nothing tells them, any. */
function rangesOf(ranges: readonly string[], family: Span['family']): Span[] {
  const known = ofFamily(spansIn(ranges), family);
  return known.length > 0 ? known : ofFamily(EVERYWHERE, family);
}

function toInterface(
  workload: WorkloadModel,
  subnet: SubnetModel,
  endpoint: EndpointModel,
  family: Span['family'],
): FlowCheck[] {
  const { vpc } = workload;
  const name = nameOf(endpoint.where);
  const source: Peer = { ...workloadPeer(workload, family), spans: spansOf(subnet, vpc, family) };
  return endpoint.subnets
    .filter(({ id }) => id !== subnet.id)
    .flatMap(other => {
      const target: Peer = { ...endpointPeer(endpoint, workload, family), spans: spansOf(other, vpc, family) };
      return [
        ...throughAcl(subnet, target),
        ...aclChecks(other, source, `HTTPS from ${source.name}`, 'in', HTTPS),
        ...aclChecks(other, source, `the answers of ${name} to ${source.name}`, 'out', EPHEMERAL),
        ...passedOn(subnet, vpc, target),
      ];
    });
}

/** Out to HTTPS, and back to the port that the machine took. */
function throughAcl(subnet: SubnetModel, peer: Peer): FlowCheck[] {
  return [
    ...aclChecks(subnet, peer, `HTTPS to ${peer.name}`, 'out', HTTPS),
    ...aclChecks(subnet, peer, `the answers of ${peer.name}`, 'in', EPHEMERAL),
  ];
}

function aclChecks(subnet: SubnetModel, peer: Peer, what: string, direction: Direction, ports: Ports): FlowCheck[] {
  const { networkAcl: acl } = subnet;
  if (acl === undefined) {
    return [];
  }
  const coverage = aclCoverage(acl, direction, peer.spans, ports);
  if (coverage === 'all') {
    return [];
  }
  const name = nameOf(acl.where);
  if (coverage === 'some') {
    const assumes = [`what the network ACL ${name} lets ${direction} has every address of ${peer.name}`];
    return [fine(acl.where, `the network ACL ${name} lets ${what} ${direction}`, assumes)];
  }
  if (ports === EPHEMERAL && aclCoverage(acl, direction, peer.spans, EPHEMERAL_OF_WINDOWS) !== 'none') {
    const assumes = [`the machines run Windows, which takes ports from ${EPHEMERAL_OF_WINDOWS.from} on`];
    return [fine(acl.where, `the network ACL ${name} lets ${what} ${direction}`, assumes)];
  }
  const range = ports === HTTPS ? 'TCP 443' : 'TCP 1024-65535';
  return [
    broken(
      acl.where,
      `the network ACL ${name} of ${subnetName(subnet)} does not let ${what} ${direction}`,
      `allow ${range} ${direction} for the addresses of ${peer.name}: a network ACL keeps no state of connections`,
    ),
  ];
}

/** A route within the VPC that is more specific than the local one leads to an appliance first. */
function passedOn({ routeTable }: SubnetModel, vpc: WorkloadModel['vpc'], target: Peer): FlowCheck[] {
  const local = spansIn(vpc?.ranges ?? []);
  const isOnTheWay = (span: Span) =>
    local.some(each => contains(each, span)) && target.spans.some(each => overlaps(each, span));
  return (routeTable?.routes ?? [])
    .filter(route => route.target !== 'local' && destinationOf(route).some(isOnTheWay))
    .map(route =>
      fine(route.where, `${nameOf(route.where)} leads to ${target.name} through the ${route.target}`, [
        `the ${route.target} ${route.targetId} passes on what is for ${target.name}`,
      ]),
    );
}

function subnetName({ where, id }: SubnetModel): string {
  return where === undefined ? id : nameOf(where);
}
