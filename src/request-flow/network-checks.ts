import { broken, fine, FlowCheck } from './model';
import { endpointPeer, familyOf, HTTPS, isForTcp, permission, portsText, s3Peer, workloadPeer } from './packets';
import type { RouteOut } from './route-out';
import type { S3Path } from './s3-path';
import { waysOutOf } from './ways-out';
import { AssemblyModel, EndpointModel, nameOf, WorkloadModel } from '../cloudformation';

/** Whether security groups let HTTPS pass from the workload to the endpoint. */
export function securityGroupChecks(workload: WorkloadModel, s3Path: S3Path): FlowCheck[] {
  const { endpoint } = s3Path;
  const family = familyOf(workload.subnets[0], endpoint) ?? 4;
  const out = leavesFor(workload, s3Path, family);
  if (endpoint?.kind !== 'interface' || endpoint.securityGroups.length === 0) {
    return [out];
  }
  const unseen = endpoint.securityGroups.filter(({ where }) => where === undefined);
  const ingress = endpoint.securityGroups.flatMap(group => group.ingress);
  const { isRefused, assumes } = permission(ingress, workloadPeer(workload, family), HTTPS.from);
  if (!isRefused || unseen.length > 0) {
    const assumed = unseen.map(({ id }) => `the security group ${id} lets HTTPS in from the workload`);
    return [out, fine(endpoint.where, 'the endpoint takes HTTPS from the workload', isRefused ? assumed : assumes)];
  }
  return [
    out,
    broken(
      endpoint.where,
      `no rule of the security groups of ${nameOf(endpoint.where)} lets HTTPS in from the workload`,
      'allow TCP 443 from the security group of the workload in the security group of the endpoint',
    ),
  ];
}

/** A workload without security groups has the default one of its VPC, which lets everything out. */
function leavesFor(workload: WorkloadModel, { endpoint, id }: S3Path, family: 4 | 6): FlowCheck {
  const { securityGroups, where } = workload;
  const { rule, isRefused, assumes } = leaving(workload, endpoint, family);
  const unseen = securityGroups.filter(group => group.where === undefined);
  if (isRefused && unseen.length === 0 && securityGroups.length > 0) {
    return broken(
      securityGroups[0].where,
      `no rule of the security groups of ${nameOf(where)} lets HTTPS out to the S3 endpoint`,
      'allow TCP 443 to the prefix list of S3, or to the security group of the interface endpoint, as egress of the workload',
    );
  }
  return fine(
    rule?.where ?? where,
    `HTTPS may leave for ${endpoint === undefined ? id : nameOf(endpoint.where)}`,
    isRefused ? unseen.map(group => `the security group ${group.id} lets HTTPS out to S3`) : assumes,
  );
}

/** To an endpoint that is not in the assembly, any rule for HTTPS leads. */
function leaving(
  workload: WorkloadModel,
  endpoint: EndpointModel | undefined,
  family: 4 | 6,
): ReturnType<typeof permission> {
  const rules = workload.securityGroups.flatMap(({ egress }) => egress);
  if (endpoint === undefined) {
    const rule = rules.find(each => isForTcp(each, HTTPS.from));
    return { rule, assumes: [], isRefused: rule === undefined };
  }
  const isInterface = endpoint.kind === 'interface';
  const peer = isInterface ? endpointPeer(endpoint, workload, family) : s3Peer(family);
  return permission(rules, peer, HTTPS.from);
}

/** What security groups let in is what somebody wanted: it is said, and breaks nothing of the way to S3. */
export function ingressChecks({ securityGroups }: WorkloadModel): FlowCheck[] {
  return securityGroups
    .filter(({ ingress }) => ingress.length > 0)
    .map(({ id, where, ingress }) => {
      const rules = new Set(ingress.map(rule => `${portsText(rule)} from ${rule.peerId}`));
      return fine(
        where,
        `the security group ${where === undefined ? id : nameOf(where)} lets in ${[...rules].join(', ')}`,
      );
    });
}

/** The routes that lead anywhere but to the endpoints, and what is not known of them. */
export interface RoutesOut {
  readonly routesOut: readonly RouteOut[];
  /** The ids of subnets whose route tables are not in the assembly. */
  readonly unseenRouteTables: readonly string[];
  /** What else has to be so for nothing to leave. */
  readonly routeAssumptions: readonly string[];
}

/** The ways out of each network interface of a workload. */
export function routesOutOf(workload: WorkloadModel, model: AssemblyModel): RoutesOut {
  const { interfaces } = workload;
  const subnets = interfaces.flatMap(each => each.subnets);
  const unseen = subnets.filter(({ routeTable, where }) =>
    routeTable === undefined ? where === undefined : routeTable.where === undefined,
  );
  const found = interfaces.map(each => waysOutOf(each, workload, model));
  return {
    routesOut: distinctRoutes(found.flatMap(({ routes }) => routes)),
    unseenRouteTables: [...new Set(unseen.map(({ id }) => id))],
    routeAssumptions: [...new Set(found.flatMap(({ assumes }) => assumes))],
  };
}

/** A route that one interface may take is open, whatever the others may. */
function distinctRoutes(routes: readonly RouteOut[]): RouteOut[] {
  const keyOf = ({ where, leads }: RouteOut) => `${where.stack} ${where.logicalId} ${leads}`;
  const sorted = [...routes].sort((left, right) => Number(isOpen(left)) - Number(isOpen(right)));
  const last = new Map(sorted.map(each => [keyOf(each), each]));
  return [...new Map(routes.map(each => [keyOf(each), last.get(keyOf(each)) ?? each])).values()];
}

function isOpen({ openBecause }: RouteOut): boolean {
  return openBecause !== undefined;
}

/**
 * Whether anything but the endpoints can be reached: along a route that leads out, with a rule that lets traffic take
 * it.
 */
export function wayOutChecks(workload: WorkloadModel, model: AssemblyModel): FlowCheck[] {
  const { routesOut, unseenRouteTables, routeAssumptions } = routesOutOf(workload, model);
  const open = routesOut.filter(isOpen);
  if (open.length > 0) {
    return open.map(({ where, leads, openBecause: because = '' }) =>
      broken(
        where,
        `${leads}, and ${because}: a way out beside the endpoint`,
        'remove the route, or let the security group reach the prefix list of S3 only: give s3PrefixList',
      ),
    );
  }
  const sentence =
    routesOut.length === 0
      ? 'no route leads anywhere but to the endpoints'
      : 'the security groups let nothing take the routes that lead out';
  const assumed = unseenRouteTables.map(id => `the route table of ${id} leads nowhere else`);
  return [fine(workload.where, sentence, [...assumed, ...routeAssumptions])];
}
