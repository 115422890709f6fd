import { knownOr, shortName } from './names';
import { ExaminedWorkload, ipRangeOf, PRIVATE_RANGES, ResolvedResource, ResourceRef } from '../../analysis';

type Rule = ExaminedWorkload['workload']['securityGroups'][number]['ingress'][number];

/** Somebody that the security groups of a workload let in. */
export interface Ingress {
  readonly from: string;
  /** The ports, such as `tcp 443`. */
  readonly to: string;
  readonly isInternet: boolean;
  /** The load balancer that it is. */
  readonly balancer?: string;
  readonly facesInternet?: boolean;
}

/** The widest that the networks of somebody are together, by the length of their prefix. */
const WIDEST = { 4: 8, 6: 16 } as const;

/** Whom the security groups of a workload let in. */
export function ingressOf({ workload: { securityGroups }, model, reading }: ExaminedWorkload): Ingress[] {
  const rules = securityGroups.flatMap(({ ingress }) => ingress);
  const found = rules.map((rule): Ingress => {
    const balancer = model.relays.find(
      ({ kind, securityGroups: groups }) => kind === 'load balancer' && groups.some(({ id }) => id === rule.peerId),
    );
    const group = reading.resources.find(({ type, ref }) => type === 'AWS::EC2::SecurityGroup' && ref === rule.peerId);
    const named = balancer?.where ?? group;
    return {
      from: named === undefined ? knownOr(rule.peerId, rule.peer) : shortName(named),
      to: portsOf(rule),
      isInternet: isOpenToInternet([rule]),
      ...(balancer === undefined
        ? {}
        : { balancer: shortName(balancer.where), facesInternet: facesInternet(resourceOf(balancer.where, reading)) }),
    };
  });
  const together = isOpenToInternet(rules) && found.every(({ isInternet }) => !isInternet);
  const all = found.map(each => (together && each.balancer === undefined ? { ...each, isInternet: true } : each));
  return [...new Map(all.map(each => [`${each.from} ${each.to}`, each])).values()];
}

function resourceOf({ stack, logicalId }: ResourceRef, { resources }: ExaminedWorkload['reading']) {
  return resources.find(each => each.stack === stack && each.logicalId === logicalId);
}

/** A load balancer faces the internet unless it says otherwise. */
function facesInternet(balancer: ResolvedResource | undefined): boolean {
  return balancer !== undefined && balancer.properties.Scheme !== 'internal';
}

function portsOf({ protocol, fromPort, toPort }: Rule): string {
  if (protocol === '-1') {
    return 'all ports';
  }
  return fromPort === undefined || fromPort === toPort
    ? `${protocol} ${fromPort ?? ''}`.trim()
    : `${protocol} ${fromPort}-${toPort}`;
}

/** Whether rules let in more than the networks of somebody, by themselves or in lists: then it is the internet. */
export function isOpenToInternet(rules: readonly Rule[]): boolean {
  const named = new Set(
    rules.flatMap(({ peer, peerId, list }) => (peer === 'addresses' ? [peerId] : (list?.ranges ?? []))),
  );
  const ranges = [...named].flatMap(each => ipRangeOf(each) ?? []).filter(range => !isPrivate(range));
  return ([4, 6] as const).some(family => {
    const shares = ranges.filter(range => range.family === family).map(({ bits }) => 2 ** -bits);
    return shares.reduce((sum, share) => sum + share, 0) > 2 ** -WIDEST[family];
  });
}

function isPrivate(range: NonNullable<ReturnType<typeof ipRangeOf>>): boolean {
  return PRIVATE_RANGES.some(
    ({ family, first, last }) => family === range.family && first <= range.first && range.last <= last,
  );
}
