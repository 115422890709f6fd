import { isTrue, Json, JsonObject, listOf, objectOf, textOf, textsOf } from './json';
import type { RouteModel, RouteTableModel, RouteTarget, RuleModel, SecurityGroupModel, SubnetModel } from './model';
import type { ResolvedResource } from './resolved-assembly';
import { ResourceIndex, refTo } from './resource-index';
import type { ResourceRef } from './template-location';

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
];

/** A subnet, with the route table that the assembly associates with it. */
export function subnetNamed(id: string, index: ResourceIndex): SubnetModel {
  const subnet = index.named('AWS::EC2::Subnet', id);
  const association = index
    .ofType('AWS::EC2::SubnetRouteTableAssociation')
    .find(({ properties }) => textOf(properties.SubnetId) === id);
  const routeTableId = textOf(association?.properties.RouteTableId);
  return {
    id,
    where: subnet && refTo(subnet),
    vpcId: textOf(subnet?.properties.VpcId),
    cidr: textOf(subnet?.properties.CidrBlock),
    publicIps: isTrue(subnet?.properties.MapPublicIpOnLaunch),
    routeTable: routeTableId === undefined ? undefined : routeTableNamed(routeTableId, index),
  };
}

function routeTableNamed(id: string, index: ResourceIndex): RouteTableModel {
  const table = index.named('AWS::EC2::RouteTable', id);
  const routes = index
    .ofType('AWS::EC2::Route')
    .filter(({ properties }) => textOf(properties.RouteTableId) === id)
    .map(routeOf);
  return { id, where: table && refTo(table), routes };
}

function routeOf(route: ResolvedResource): RouteModel {
  const { properties } = route;
  const destination =
    properties.DestinationCidrBlock ?? properties.DestinationIpv6CidrBlock ?? properties.DestinationPrefixListId;
  const named = TARGETS.find(([property]) => properties[property] !== undefined);
  const gateway = textOf(properties.GatewayId);
  const targetId = textOf(properties[named?.[0] ?? 'GatewayId']) ?? '';
  return {
    where: refTo(route),
    destination: textOf(destination) ?? '',
    targetId,
    target: named?.[1] ?? gatewayKind(gateway),
  };
}

function gatewayKind(id = ''): RouteTarget {
  if (id.startsWith('igw-')) {
    return 'internet gateway';
  }
  return id.startsWith('vgw-') ? 'virtual private gateway' : 'unknown';
}

/** A security group with its inline and stand-alone rules. */
export function securityGroupNamed(id: string, index: ResourceIndex): SecurityGroupModel {
  const group = index.named('AWS::EC2::SecurityGroup', id);
  const alone = (type: string) =>
    index
      .ofType(type)
      .filter(({ properties }) => textOf(properties.GroupId) === id)
      .map(each => ruleOf(each, each.properties));
  const inline = (property: string) =>
    group === undefined ? [] : listOf(group.properties[property]).map(each => ruleOf(group, objectOf(each)));
  const egress = [...inline('SecurityGroupEgress'), ...alone('AWS::EC2::SecurityGroupEgress')];
  return {
    id,
    where: group && refTo(group),
    ingress: [...inline('SecurityGroupIngress'), ...alone('AWS::EC2::SecurityGroupIngress')],
    egress:
      egress.length === 0 && group !== undefined ? [ruleOf(group, { IpProtocol: '-1', CidrIp: '0.0.0.0/0' })] : egress,
  };
}

function ruleOf(where: ResourceRef, rule: JsonObject): RuleModel {
  return {
    where: refTo(where),
    protocol: textOf(rule.IpProtocol) ?? '-1',
    fromPort: portOf(rule.FromPort),
    toPort: portOf(rule.ToPort),
    ...peerOf(rule),
  };
}

function portOf(value: Json | undefined): number | undefined {
  const port = Number(textOf(value) ?? Number.NaN);
  return Number.isNaN(port) ? undefined : port;
}

function peerOf(rule: JsonObject): Pick<RuleModel, 'peer' | 'peerId'> {
  const [addresses] = textsOf(rule.CidrIp ?? rule.CidrIpv6);
  if (addresses !== undefined) {
    return { peer: 'addresses', peerId: addresses };
  }
  const [list] = textsOf(rule.DestinationPrefixListId ?? rule.SourcePrefixListId);
  if (list !== undefined) {
    return { peer: 'prefix list', peerId: list };
  }
  const [group] = textsOf(rule.DestinationSecurityGroupId ?? rule.SourceSecurityGroupId);
  return group === undefined ? { peer: 'unknown', peerId: '' } : { peer: 'security group', peerId: group };
}
