import { prefixListNamed } from './prefix-lists';
import { textOf, textsOf } from '../json';
import type { PropagationModel, RouteModel, RouteTableModel, RouteTarget } from '../network-model';
import type { ResolvedResource } from '../resolved-assembly';
import { ResourceIndex, refTo } from '../resource-index';

const TARGETS: ReadonlyArray<readonly [property: string, target: RouteTarget]> = [
  ['NatGatewayId', 'NAT gateway'],
  ['EgressOnlyInternetGatewayId', 'egress-only internet gateway'],
  ['TransitGatewayId', 'transit gateway'],
  ['VpcPeeringConnectionId', 'peering connection'],
  ['NetworkInterfaceId', 'network interface'],
  ['InstanceId', 'instance'],
  ['VpcEndpointId', 'gateway load balancer endpoint'],
  ['CarrierGatewayId', 'carrier gateway'],
  ['LocalGatewayId', 'local gateway'],
  ['CoreNetworkArn', 'core network'],
  ['OdbNetworkArn', 'Oracle database network'],
];

/** What `GatewayId` of a route can be, by the type that makes it and by how its ids begin. */
const GATEWAYS: ReadonlyArray<readonly [type: string, prefix: string, target: RouteTarget]> = [
  ['AWS::EC2::InternetGateway', 'igw-', 'internet gateway'],
  ['AWS::EC2::VPNGateway', 'vgw-', 'virtual private gateway'],
  ['AWS::EC2::VPCEndpoint', 'vpce-', 'gateway load balancer endpoint'],
];

/** A route table with its routes, and with what else writes routes into it. */
export function routeTableNamed(id: string, index: ResourceIndex): RouteTableModel {
  const table = index.named('AWS::EC2::RouteTable', id);
  const routes = index
    .ofType('AWS::EC2::Route')
    .filter(({ properties }) => textOf(properties.RouteTableId) === id)
    .map(route => routeOf(route, index));
  return { id, where: table && refTo(table), routes, propagations: propagationsInto(id, index) };
}

/**
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/WorkWithRouteTables.html#EnableDisableRouteProp
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/dynamic-routing-route-server.html
 */
function propagationsInto(id: string, index: ResourceIndex): PropagationModel[] {
  const gateways = index
    .ofType('AWS::EC2::VPNGatewayRoutePropagation')
    .filter(({ properties }) => textsOf(properties.RouteTableIds).includes(id))
    .map(each => ({ where: refTo(each), from: `VPN gateway ${textOf(each.properties.VpnGatewayId) ?? ''}` }));
  const servers = index
    .ofType('AWS::EC2::RouteServerPropagation')
    .filter(({ properties }) => textOf(properties.RouteTableId) === id)
    .map(each => ({ where: refTo(each), from: `route server ${textOf(each.properties.RouteServerId) ?? ''}` }));
  return [...gateways, ...servers];
}

function routeOf(route: ResolvedResource, index: ResourceIndex): RouteModel {
  const { properties, environment } = route;
  const list = textOf(properties.DestinationPrefixListId);
  const range = textOf(properties.DestinationCidrBlock ?? properties.DestinationIpv6CidrBlock);
  const named = TARGETS.find(([property]) => properties[property] !== undefined);
  const targetId = textOf(properties[named?.[0] ?? 'GatewayId']) ?? '';
  return {
    where: refTo(route),
    destination: list ?? range ?? '',
    list: list === undefined ? undefined : prefixListNamed(list, environment.region, index),
    targetId,
    target: named?.[1] ?? gatewayKind(targetId, index),
    isPrivateNat: isPrivateNat(targetId, index),
  };
}

function gatewayKind(id: string, index: ResourceIndex): RouteTarget {
  if (id === 'local') {
    return 'local';
  }
  const known = GATEWAYS.find(([type, prefix]) => id.startsWith(prefix) || index.named(type, id) !== undefined);
  return known?.[2] ?? 'unknown';
}

function isPrivateNat(id: string, index: ResourceIndex): boolean {
  return textOf(index.named('AWS::EC2::NatGateway', id)?.properties.ConnectivityType) === 'private';
}
