import { contains, DYNAMODB_ADDRESSES, ofFamily, partsOf, S3_ADDRESSES, Span, spansIn, UNROUTED } from './addresses';
import { allows, entriesOf } from './network-acls';
import { isEveryProtocol, ProtocolRule } from './ports';
import { destinationOf, isBeforeS3List, isUnknownDestination } from './routes';
import { isUnknown, spansOfRule } from './security-groups';
import type {
  NetworkAclEntryModel,
  NetworkInterfaceModel,
  RouteModel,
  RuleModel,
  SubnetModel,
} from '../../cloudformation';
import { IpRange, PRIVATE_RANGES } from '../../iam';

/** A route that packets of a subnet may take, and the rule of a security group that lets them. */
export interface OpenRoute {
  readonly route: RouteModel;
  readonly rule: RuleModel;
}

/** Gateways that carry nothing to private addresses. */
const TO_INTERNET: ReadonlyArray<RouteModel['target']> = [
  'internet gateway',
  'egress-only internet gateway',
  'NAT gateway',
  'carrier gateway',
];

/** What the table of a subnet looks like to packets. */
interface Table {
  readonly routes: ReadonlyArray<{ readonly route: RouteModel; readonly ranges: readonly IpRange[] }>;
  readonly lists: EndpointLists;
  readonly local: readonly IpRange[];
  /** The routes to what is not written out. */
  readonly unknown: readonly RouteModel[];
  /** The entries of the network ACL for what leaves, if it is known. */
  readonly entries?: ReturnType<typeof entriesOf>;
  /** Where one of all these may decide otherwise. */
  readonly borders: readonly Span[];
}

/** Which prefix lists gateway endpoints have put into a route table. */
export interface EndpointLists {
  readonly ofS3: boolean;
  readonly ofOthers: boolean;
}

/**
 * The routes of a subnet that lead out and that a packet of an interface takes, each with the first rule that lets one
 * out: the most specific route for its destination, past the security groups and the network ACL.
 *
 * @param subnet the subnet
 * @param securityGroups those of the network interface
 * @param vpcRanges the ranges of its VPC
 * @param lists the prefix lists that gateway endpoints have put into its route table
 */
export function openRoutes(
  subnet: SubnetModel,
  { securityGroups }: Pick<NetworkInterfaceModel, 'securityGroups'>,
  vpcRanges: readonly string[],
  lists: EndpointLists,
): OpenRoute[] {
  const rules = securityGroups.flatMap(({ egress }) => egress).filter(rule => rule.peer !== 'security group');
  const table = tableOf(subnet, vpcRanges, lists);
  const found = new Map<RouteModel, RuleModel>();
  for (const rule of rules) {
    routesTaken(rule, table)
      .filter(route => !found.has(route))
      .forEach(route => found.set(route, rule));
  }
  return [...found].map(([route, rule]) => ({ route, rule }));
}

/**
 * A route to what is not written out is taken by whatever a rule lets out that is not written out either, or wide.
 * That it is not for S3 is an assumption of the path, where a gateway endpoint serves the list of S3.
 */
function routesTaken(rule: RuleModel, table: Table): RouteModel[] {
  const out = table.routes.map(({ route }) => route).filter(leadsOut);
  if (rule.peer === 'unknown' || (rule.peer === 'addresses' && isUnknown(rule))) {
    return out;
  }
  const wanted = addressesOf(rule);
  const known = partsThatMatter(wanted, rule, table).flatMap(part => routeFor(part, rule, table) ?? []);
  const isServed = rule.list?.kind === 'S3' && table.lists.ofS3;
  const unknown = wanted.length === 0 || isServed ? [] : table.unknown;
  return [...new Set([...known.filter(leadsOut), ...unknown])];
}

/** Where a rule lets packets go, as far as that is known. */
function addressesOf(rule: RuleModel): readonly Span[] {
  switch (rule.list?.kind) {
    case 'S3':
      return ofFamily(S3_ADDRESSES, 4);
    case 'of another service':
      return DYNAMODB_ADDRESSES;
    default:
      return spansOfRule(rule);
  }
}

function partsThatMatter(wanted: readonly Span[], rule: RuleModel, { entries, borders }: Table): Span[] {
  const isAllowed = entries === undefined ? undefined : probes(rule, entries);
  return partsOf(wanted, borders)
    .filter(part => !isIn(part, UNROUTED))
    .filter(
      part =>
        entries === undefined || isAllowed === undefined || isAllowed.some(isAbout => allows(entries, part, isAbout)),
    );
}

function tableOf({ routeTable, networkAcl }: SubnetModel, vpcRanges: readonly string[], lists: EndpointLists): Table {
  const routes = (routeTable?.routes ?? []).map(route => ({ route, ranges: destinationOf(route) }));
  const entries = networkAcl === undefined ? undefined : entriesOf(networkAcl.entries, 'out');
  const local = spansIn(vpcRanges);
  return {
    routes,
    lists,
    local,
    unknown: routes.map(({ route }) => route).filter(route => leadsOut(route) && isUnknownDestination(route)),
    entries,
    borders: [
      ...routes.flatMap(({ ranges }) => ranges),
      ...(entries ?? []).flatMap(({ spans }) => spans),
      ...[...local, ...PRIVATE_RANGES, ...UNROUTED, ...S3_ADDRESSES],
    ],
  };
}

type IsAbout = (entry: NetworkAclEntryModel) => boolean;

/** One packet for each way in which entries of an ACL may tell those apart that a rule lets out. */
function probes(rule: RuleModel, entries: ReturnType<typeof entriesOf>): IsAbout[] {
  const borders = [rule, ...entries.map(({ entry }) => entry)];
  const names = new Set(borders.map(({ protocol }) => numberOf(protocol)));
  const protocols = isEveryProtocol(rule) ? [...names, 'another'] : [numberOf(rule.protocol)];
  const ports = borders.flatMap(({ fromPort, toPort }) => [fromPort ?? 0, (toPort ?? 65534) + 1]);
  const fitting = [...new Set([0, ...ports])].filter(port => hasPort(rule, port));
  return protocols.flatMap(protocol =>
    fitting.map(
      (port): IsAbout =>
        entry =>
          isEveryProtocol(entry) || (numberOf(entry.protocol) === protocol && hasPort(entry, port)),
    ),
  );
}

function hasPort(rule: ProtocolRule, port: number): boolean {
  const hasPorts = !isEveryProtocol(rule) && ['6', '17'].includes(numberOf(rule.protocol));
  return !hasPorts || ((rule.fromPort ?? 0) <= port && (rule.toPort ?? 65535) >= port);
}

const NUMBERS: Readonly<Record<string, string>> = { tcp: '6', udp: '17', icmp: '1', icmpv6: '58', all: '-1' };

function numberOf(protocol: string): string {
  return NUMBERS[protocol] ?? protocol;
}

/** The most specific route; that of a gateway endpoint counts where no more specific one is before it. */
function routeFor(part: Span, { list }: RuleModel, { routes, lists, local }: Table): RouteModel | undefined {
  const fitting = routes.flatMap(({ route, ranges }) =>
    ranges.filter(range => contains(range, part)).map(range => ({ route, range })),
  );
  const [best] = fitting.sort((left, right) => right.range.bits - left.range.bits);
  const isLocal = local.some(each => contains(each, part) && each.bits >= (best?.range.bits ?? 0));
  const isServed = list?.kind === 'S3' ? lists.ofS3 : list?.kind === 'of another service' && lists.ofOthers;
  if (best === undefined || isLocal || (isServed && !isBeforeS3List(best.range))) {
    return undefined;
  }
  return isPrivateToInternet(part, best.route) ? undefined : best.route;
}

function isPrivateToInternet(part: Span, { target, isPrivateNat }: RouteModel): boolean {
  return TO_INTERNET.includes(target) && isPrivateNat !== true && isIn(part, PRIVATE_RANGES);
}

function isIn(part: Span, spans: readonly Span[]): boolean {
  return spans.some(span => contains(span, part));
}

function leadsOut({ target }: RouteModel): boolean {
  return target !== 'local';
}
