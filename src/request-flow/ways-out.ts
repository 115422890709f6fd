import { forwardingBy } from './forwarders';
import { contains, EndpointLists, isUnknown, openRoutes, overlaps, spansIn, spansOfRule } from './packets';
import type { RouteOut } from './route-out';
import {
  AssemblyModel,
  nameOf,
  NetworkInterfaceModel,
  RouteModel,
  RuleModel,
  SecurityGroupModel,
  SubnetModel,
  WorkloadModel,
} from '../cloudformation';

/** What packets of one network interface may take, and what has to be so for others not to leave. */
interface WaysOut {
  readonly routes: readonly RouteOut[];
  readonly assumes: readonly string[];
}

/** The ways out of a network interface: routes, what is announced into the route table, and service networks. */
export function waysOutOf(each: NetworkInterfaceModel, workload: WorkloadModel, model: AssemblyModel): WaysOut {
  const direct = directWaysOut(each, workload, model);
  const { routes, assumes } = forwardingBy(each, workload, model, other =>
    directWaysOut(other, workload, model).routes.find(({ openBecause }) => openBecause !== undefined),
  );
  return { routes: [...direct.routes, ...routes], assumes: [...direct.assumes, ...assumes] };
}

function directWaysOut(each: NetworkInterfaceModel, workload: WorkloadModel, model: AssemblyModel): WaysOut {
  const seen = effectiveRules(each);
  const parts = [
    ...distinctSubnets(each).flatMap(subnet => [
      { routes: staticRoutes(subnet, seen, workload, model), assumes: [] },
      announced(subnet, seen),
    ]),
    { routes: serviceNetworks(seen, workload, model), assumes: [] },
  ];
  const lists = seen.groups.flatMap(({ egress }) => egress).filter(({ list }) => list?.kind === 'unknown');
  const leadsOut = parts.some(({ routes }) => routes.length > 0);
  return {
    routes: parts.flatMap(({ routes }) => routes),
    assumes: [
      ...parts.flatMap(({ assumes }) => assumes),
      ...(leadsOut ? lists.map(({ peerId }) => `the prefix list ${peerId} has addresses of S3 only`) : []),
    ],
  };
}

/** Subnets with the same route table and network ACL do not differ. */
function distinctSubnets({ subnets }: NetworkInterfaceModel): SubnetModel[] {
  const keyOf = ({ id, routeTable, networkAcl }: SubnetModel) =>
    routeTable === undefined ? id : `${routeTable.id} ${networkAcl?.id ?? ''}`;
  return [...new Map(subnets.map(subnet => [keyOf(subnet), subnet])).values()];
}

/** The groups of an interface; one that is not known lets everything out. */
interface SeenRules {
  readonly groups: readonly SecurityGroupModel[];
  /** The group whose rules are not known, if there is one. */
  readonly unseen?: string;
}

function effectiveRules({ where, securityGroups }: NetworkInterfaceModel): SeenRules {
  const unseen =
    securityGroups.length === 0 ? 'of the VPC' : securityGroups.find(group => group.where === undefined)?.id;
  const everything = ['0.0.0.0/0', '::/0'].map((peerId): RuleModel => ({
    where,
    protocol: '-1',
    peer: 'addresses',
    peerId,
  }));
  return unseen === undefined
    ? { groups: securityGroups }
    : { unseen, groups: [...securityGroups, { id: unseen, ingress: [], egress: everything }] };
}

function staticRoutes(
  subnet: SubnetModel,
  { groups, unseen }: SeenRules,
  { vpc }: WorkloadModel,
  model: AssemblyModel,
): RouteOut[] {
  const known = groups.filter(({ where }) => where !== undefined);
  const ranges = vpc?.ranges ?? [];
  const lists = listsIn(subnet, model);
  const byRules = openRoutes(subnet, { securityGroups: known }, ranges, lists);
  const byOthers = unseen === undefined ? [] : openRoutes(subnet, { securityGroups: groups }, ranges, lists);
  return (subnet.routeTable?.routes ?? [])
    .filter(({ target }) => target !== 'local')
    .map(route => {
      const rule = byRules.find(open => open.route === route)?.rule;
      const isUnseen = byOthers.some(open => open.route === route);
      return routeOut(route, rule === undefined ? (isUnseen ? unknownRules(unseen) : undefined) : because(rule));
    });
}

function routeOut(route: RouteModel, openBecause: string | undefined): RouteOut {
  const name = nameOf(route.where);
  return {
    destination: route.destination,
    leads: `${name} sends ${route.destination} to the ${route.target} ${route.targetId}`,
    openBecause,
    subject: name,
    where: route.where,
  };
}

function because({ peerId }: RuleModel): string {
  return `a security group lets traffic to ${peerId} out`;
}

function unknownRules(group = ''): string {
  return `the rules of the security group ${group} are not known`;
}

/** The prefix lists that gateway endpoints have put into the route table of a subnet. */
function listsIn({ routeTable }: SubnetModel, { endpoints }: AssemblyModel): EndpointLists {
  const gateways = endpoints.filter(
    ({ kind, routeTableIds }) => kind === 'gateway' && routeTableIds.includes(routeTable?.id ?? ''),
  );
  return { ofS3: gateways.some(({ isS3 }) => isS3), ofOthers: gateways.some(({ isS3 }) => !isS3) };
}

/** What a VPN gateway or a route server announces may be any range: a rule for more than S3 lets packets there. */
function announced({ routeTable }: SubnetModel, { groups, unseen }: SeenRules): WaysOut {
  const wide = groups.flatMap(({ egress }) => egress).find(rule => rule.list?.kind !== 'S3' && leadsAnywhere(rule));
  const routes = (routeTable?.propagations ?? []).map(({ where, from }): RouteOut => ({
    destination: `what the ${from} announces`,
    leads: `${nameOf(where)} adds the routes of the ${from}, whatever they are`,
    openBecause: wide === undefined ? undefined : unseen === undefined ? because(wide) : unknownRules(unseen),
    subject: nameOf(where),
    where,
  }));
  const assumes = (routeTable?.propagations ?? []).map(
    ({ from }) => `the ${from} announces no range that is more specific than the prefix list of S3`,
  );
  return { routes, assumes };
}

/** What the CDK writes in place of an empty list of rules leads nowhere. */
function leadsAnywhere(rule: RuleModel): boolean {
  return isUnknown(rule) || spansOfRule(rule).some(span => !contains(NOBODY, span));
}

const [NOBODY] = spansIn(['255.255.255.255/32']);

/**
 * The addresses of the link at which services of VPC Lattice answer.
 *
 * @see https://docs.aws.amazon.com/vpc-lattice/latest/ug/security-groups.html
 */
const OF_LATTICE = ['169.254.171.0/24', 'fd00:ec2:80::/64'];

function serviceNetworks({ groups, unseen }: SeenRules, { vpcId }: WorkloadModel, model: AssemblyModel): RouteOut[] {
  const rule = groups
    .flatMap(({ egress }) => egress)
    .find(
      each => isUnknown(each) || spansOfRule(each).some(span => spansIn(OF_LATTICE).some(to => overlaps(to, span))),
    );
  return model.serviceNetworks
    .filter(network => network.vpcId === vpcId)
    .map(({ where, name }) => ({
      destination: OF_LATTICE[0],
      leads: `${nameOf(where)} joins the VPC to the service network ${name} of VPC Lattice, which answers at ${OF_LATTICE[0]}`,
      openBecause: rule === undefined ? undefined : unseen === undefined ? because(rule) : unknownRules(unseen),
      subject: nameOf(where),
      where,
    }));
}
