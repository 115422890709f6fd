import type { Evidence, Finding, Rule } from './rule';
import { nameOf, RouteModel, SubnetModel } from '../template';

/** What a subnet of an isolated network must not have a route to; a network interface or an instance may be a NAT instance. */
const WAYS_OUT: ReadonlyArray<RouteModel['target']> = [
  'internet gateway', 'egress-only internet gateway', 'NAT gateway', 'network interface', 'instance', 'carrier gateway',
];

/**
 * The subnets that the construct of the workload made have no way out, whatever the security groups say, and no workload has a public address. In
 * a VPC of the user other routes are legitimate as long as the security group is closed: that is for the rule `request-path`.
 */
export const isolatedSubnets: Rule = {
  id: 'isolated-subnets',
  check: evidence => [...ownSubnets(evidence).flatMap(subnet => [...publicAddresses(subnet), ...routes(subnet)]), ...publicAddress(evidence)],
};

/** The subnets that stand beside the workload in one `PrivateEc2S3Access`. */
function ownSubnets({ workload: { where, subnets } }: Evidence): SubnetModel[] {
  const construct = /^(.+)\/Compute\/(?:Instance|Fleet)\//.exec(where.constructPath ?? '')?.[1];
  const isOwn = (path: string) => construct !== undefined && path.startsWith(`${construct}/Network/`) && /\/Network\/IsolatedSubnet\d+$/.test(path);
  return subnets.filter(subnet => isOwn(subnet.where?.constructPath ?? ''));
}

function publicAddresses({ where, publicIps, id }: SubnetModel): Finding[] {
  return !publicIps ? [] : [{
    where,
    description: `the isolated subnet ${where === undefined ? id : nameOf(where)} gives its instances public addresses`,
    fix: 'leave MapPublicIpOnLaunch out',
  }];
}

function routes({ where, routeTable, id }: SubnetModel): Finding[] {
  return (routeTable?.routes ?? []).filter(({ target }) => WAYS_OUT.includes(target)).map(route => ({
    where: route.where,
    description: `${nameOf(route.where)} leads from the isolated subnet ${where === undefined ? id : nameOf(where)} to the ${route.target} ${route.targetId}`
      + ` for ${route.destination}, allowed: routes to VPC endpoints only`,
    fix: 'remove the route, or give the workload a VPC of your own with vpc and vpcSubnets',
  }));
}

function publicAddress({ workload: { where, publicIp } }: Evidence): Finding[] {
  return !publicIp ? [] : [{
    where,
    description: `${nameOf(where)} gets a public address, so that the internet can be a way in and out`,
    fix: 'place it in subnets that assign no public addresses, and do not ask for one',
  }];
}
