import { broken, fine, FlowCheck } from './model';
import type { S3Path } from './s3-path';
import { ruleAlong, rulesFrom, rulesTo } from './security-group-rules';
import { nameOf, ResourceRef, RouteModel, SecurityGroupModel, WorkloadModel } from '../cloudformation';

/** Whether security groups let HTTPS pass from the workload to the endpoint. */
export function securityGroupChecks(workload: WorkloadModel, s3Path: S3Path): FlowCheck[] {
  const { endpoint } = s3Path;
  const out = leavesFor(workload, s3Path);
  if (endpoint?.kind !== 'interface' || endpoint.securityGroups.length === 0) {
    return [out];
  }
  const unseen = endpoint.securityGroups.filter(({ where }) => where === undefined);
  const open = rulesFrom(workload.securityGroups, endpoint).length > 0;
  if (open || unseen.length > 0) {
    const assumes = open ? [] : unseen.map(({ id }) => `the security group ${id} lets HTTPS in from the workload`);
    return [out, fine(endpoint.where, 'the endpoint takes HTTPS from the workload', assumes)];
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
function leavesFor({ securityGroups, where }: WorkloadModel, { endpoint, id }: S3Path): FlowCheck {
  const unseen = securityGroups.filter(group => group.where === undefined);
  const [rule] = rulesTo(endpoint, securityGroups);
  if (rule === undefined && unseen.length === 0 && securityGroups.length > 0) {
    return broken(
      securityGroups[0].where,
      `no rule of the security groups of ${nameOf(where)} lets HTTPS out to the S3 endpoint`,
      'allow TCP 443 to the prefix list of S3, or to the security group of the interface endpoint, as egress of the workload',
    );
  }
  const assumes = rule === undefined ? unseen.map(group => `the security group ${group.id} lets HTTPS out to S3`) : [];
  return fine(
    rule?.where ?? where,
    `HTTPS may leave for ${endpoint === undefined ? id : nameOf(endpoint.where)}`,
    assumes,
  );
}

/** A route of the workload's subnets, and whether traffic may take it. */
export interface RouteOut {
  readonly destination: string;
  /** Where it leads, in a sentence. */
  readonly leads: string;
  /** Why traffic may take it; absent if the security groups let none. */
  readonly openBecause?: string;
  /** What the route is called. */
  readonly subject: string;
  readonly where: ResourceRef;
}

/** The routes that lead anywhere but to the endpoints, and the subnets of which they are not known. */
export function routesOutOf(workload: WorkloadModel): {
  readonly routesOut: readonly RouteOut[];
  readonly unseenRouteTables: readonly string[];
} {
  const routes = workload.subnets.flatMap(({ routeTable }) => routeTable?.routes ?? []);
  const distinct = new Map(routes.map(route => [`${route.where.stack} ${route.where.logicalId}`, route]));
  const unseen = workload.subnets.filter(({ routeTable, where }) =>
    routeTable === undefined ? where === undefined : routeTable.where === undefined,
  );
  return {
    routesOut: [...distinct.values()].map(route => routeOut(route, workload)),
    unseenRouteTables: unseen.map(({ id }) => id),
  };
}

function routeOut(route: RouteModel, { securityGroups }: WorkloadModel): RouteOut {
  const name = nameOf(route.where);
  return {
    destination: route.destination,
    leads: `${name} sends ${route.destination} to the ${route.target} ${route.targetId}`,
    openBecause: openBecause(route, securityGroups),
    subject: name,
    where: route.where,
  };
}

function openBecause(route: RouteModel, securityGroups: readonly SecurityGroupModel[]): string | undefined {
  const rule = ruleAlong(route, securityGroups);
  if (rule !== undefined) {
    return `a security group lets traffic to ${rule.peerId} out`;
  }
  const unseen =
    securityGroups.length === 0 ? 'of the VPC' : securityGroups.find(({ where }) => where === undefined)?.id;
  return unseen === undefined ? undefined : `the rules of the security group ${unseen} are not known`;
}

/**
 * Whether anything but the endpoints can be reached: along a route that leads out, with a rule that lets traffic take
 * it.
 */
export function wayOutChecks(workload: WorkloadModel): FlowCheck[] {
  const { routesOut, unseenRouteTables } = routesOutOf(workload);
  const open = routesOut.filter(each => each.openBecause !== undefined);
  if (open.length > 0) {
    return open.map(({ where, leads, openBecause: because }) =>
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
  return [fine(workload.where, sentence, assumed)];
}
