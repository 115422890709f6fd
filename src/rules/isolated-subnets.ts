import type { Evidence, Finding, Rule } from './rule';
import { nameOf, RouteModel, SubnetModel } from '../cloudformation';

/**
 * What a subnet of an isolated network must not have a route to; a network interface or an instance may be a NAT
 * instance.
 */
const WAYS_OUT: ReadonlyArray<RouteModel['target']> = [
  'internet gateway',
  'egress-only internet gateway',
  'NAT gateway',
  'network interface',
  'instance',
  'carrier gateway',
];

/**
 * The subnets that the construct of the workload made have no way out, whatever the security groups say, and no
 * workload has a public address. In a VPC of the user other routes are legitimate as long as the security group is
 * closed: that is for the rule `request-path`.
 */
export const isolatedSubnets: Rule = {
  id: 'isolated-subnets',
  check: evidence => [
    ...ownSubnets(evidence).flatMap(publicAddresses),
    ...routes(ownSubnets(evidence)),
    ...publicAddress(evidence),
  ],
};

/** The subnets that stand beside the workload in one `PrivateEc2S3Access`. */
function ownSubnets({ workload: { where, subnets } }: Evidence): SubnetModel[] {
  const construct = /^(.+)\/Compute\/(?:Instance|Fleet|InstanceProfile)\//.exec(where.constructPath ?? '')?.[1];
  const isOwn = (path: string) =>
    construct !== undefined && path.startsWith(`${construct}/Network/`) && /\/Network\/IsolatedSubnet\d+$/.test(path);
  return subnets.filter(subnet => isOwn(subnet.where?.constructPath ?? ''));
}

function publicAddresses({ where, publicIps, id }: SubnetModel): Finding[] {
  return !publicIps
    ? []
    : [
        {
          where,
          description: `the isolated subnet ${where === undefined ? id : nameOf(where)} gives its instances public addresses`,
          fix: 'leave MapPublicIpOnLaunch out',
        },
      ];
}

/** Subnets may share a route table: each route is reported once. */
function routes(subnets: readonly SubnetModel[]): Finding[] {
  const all = subnets.flatMap(subnet => (subnet.routeTable?.routes ?? []).map(route => ({ subnet, route })));
  const isFirst = ({ where: { stack, logicalId } }: RouteModel, index: number) =>
    index === all.findIndex(({ route: { where } }) => where.stack === stack && where.logicalId === logicalId);
  return all
    .filter(({ route }, index) => WAYS_OUT.includes(route.target) && isFirst(route, index))
    .map(({ route, subnet: { where, id } }) => ({
      where: route.where,
      description:
        `${nameOf(route.where)} leads from the isolated subnet ${where === undefined ? id : nameOf(where)} ` +
        `to the ${route.target} ${route.targetId} for ${route.destination}, allowed: routes to VPC endpoints only`,
      fix: 'remove the route, or give the workload a VPC of your own with vpc and vpcSubnets',
    }));
}

function publicAddress({ workload: { where, publicIp } }: Evidence): Finding[] {
  return !publicIp
    ? []
    : [
        {
          where,
          description: `${nameOf(where)} gets a public address, so that the internet can be a way in and out`,
          fix: 'place it in subnets that assign no public addresses, and do not ask for one',
        },
      ];
}
