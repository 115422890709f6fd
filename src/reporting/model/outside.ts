import { Access, Cell, DATA_COLUMNS, Row } from './access';
import { ingressOf } from './ingress';
import { hasLooked } from './looked';
import type { WorkloadPolicies } from './policies';
import { VERBS } from './verbs';
import { ExaminedWorkload, nameOf, routesOutOf } from '../../analysis';
import type { PropertyId, PropertyResult } from '../../proof';

/** How something outside stands: what nothing closes is refused, if at all, as long as nobody allows it. */
export type OutsideStatus = 'closed' | 'open' | 'nothing closes it';

/** Something outside, and whether it is cut off. */
export interface Outside {
  readonly id: 'internet' | 'strangers' | 'vpcs' | 'accounts';
  readonly title: string;
  readonly status: OutsideStatus;
  /** Why it is closed, what is open, or what is missing, in a few words. */
  readonly why: string;
  /** What is open, in full. */
  readonly open: readonly string[];
  /** Whether what is open leads out of the account, and not in. */
  readonly leadsOut: boolean;
  /** Who is let in on purpose. */
  readonly exempt: readonly string[];
  /** The properties that say so. */
  readonly properties: readonly PropertyId[];
}

/** What there is to find out about a place outside. */
interface Spec extends Pick<Outside, 'id' | 'title' | 'open' | 'leadsOut'> {
  readonly exempt?: readonly string[];
  /** If one of them does not hold, it is open. */
  readonly opening: readonly PropertyId[];
  /** If all of them have looked and hold, it is closed. */
  readonly closing: readonly PropertyId[];
  /** What is missing to close it; absent if all is there. */
  readonly lacks?: string;
  readonly closed: string;
}

/** What is outside of the path, and whether the path is closed to it. */
export function outsideOf(access: Access, examined: ExaminedWorkload, policies: WorkloadPolicies): Outside[] {
  const properties = new Map((examined.proof?.properties ?? []).map(each => [each.id, each]));
  const place = new Place(access, examined, policies);
  return [place.internet(), place.strangers(), place.vpcs(), place.accounts()].map(spec => judged(spec, properties));
}

function judged(spec: Spec, properties: ReadonlyMap<PropertyId, PropertyResult>): Outside {
  const { id, title, leadsOut, opening, closing, lacks, closed, exempt = [] } = spec;
  const failing = opening.flatMap(each => failureOf(properties.get(each)));
  const open = spec.open.length > 0 ? spec.open : failing;
  const isClosed = closing.every(each => hasHeld(properties.get(each)));
  const told = { id, title, open, leadsOut, exempt, properties: [...new Set([...opening, ...closing])] };
  if (open.length > 0) {
    return { ...told, status: 'open', why: `open: ${open.length === 1 ? 'one way' : `${open.length} ways`}` };
  }
  return lacks === undefined && isClosed
    ? { ...told, status: 'closed', why: closed }
    : { ...told, status: 'nothing closes it', why: lacks ?? 'no policy closes it for sure' };
}

function failureOf(property: PropertyResult | undefined): string[] {
  if (property?.outcome === 'violated') {
    return property.counterexamples.slice(0, 1).map(({ request }) => request);
  }
  return property?.outcome === 'not proven' ? [`not proven: ${property.id}`] : [];
}

function hasHeld(property: PropertyResult | undefined): boolean {
  return property !== undefined && hasLooked(property) && ['holds', 'holds, assuming'].includes(property.outcome);
}

/** The places outside of one workload. */
class Place {
  private readonly rows: ReadonlyArray<Row & { readonly buckets: string }>;
  private readonly waysOut: readonly string[];
  /** Data buckets whose policies are part of the assembly, or should be. */
  private readonly own: WorkloadPolicies['buckets'];
  private readonly lacks?: string;

  constructor(
    private readonly access: Access,
    private readonly examined: ExaminedWorkload,
    private readonly policies: WorkloadPolicies,
  ) {
    this.rows = access.tables.flatMap(({ rows, buckets }) =>
      rows.map(row => ({ ...row, buckets: buckets.map(index => policies.buckets[index].label).join(', ') })),
    );
    this.waysOut = waysOutOf(examined);
    this.own = policies.buckets.filter(({ policy }) => policy !== 'unknown');
    this.lacks = this.lacking();
  }

  public internet(): Spec {
    const { endpoints } = this.policies;
    const ingress = ingressOf(this.examined);
    const comesIn = ingress.filter(({ isInternet }) => isInternet).map(({ from, to }) => `${from} gets in on ${to}`);
    const exempt = this.rows.filter(({ cells: [cell] }) => cell.question.who.startsWith('exempt-'));
    return {
      id: 'internet',
      title: 'Internet',
      leadsOut: this.waysOut.length > 0,
      open: [
        ...this.waysOut,
        ...comesIn,
        ...this.openTo(({ question: { who, from } }) => from === 'internet' && !isStrange(who)),
      ],
      exempt: [...new Set(exempt.filter(({ cells }) => cells.some(isLetIn)).map(({ who }) => who))],
      opening: ['no-way-out[routes]'],
      closing: ['no-way-out[routes]', ...this.closing()],
      lacks: this.lacks ?? (endpoints.length === 0 ? 'no endpoint to come through instead' : undefined),
      closed: this.closedToInternet(ingress.length === 0),
    };
  }

  public strangers(): Spec {
    const { wayOut } = this.access;
    return {
      id: 'strangers',
      title: "Someone else's buckets",
      leadsOut: true,
      open: [...this.waysOut, ...wayOut.filter(({ cell }) => cell.standing === 'unintended').map(({ what }) => what)],
      opening: ['no-way-out[s3-endpoint]', 'no-way-out[role]'],
      closing: ['no-way-out[s3-endpoint]'],
      lacks: this.policies.endpoints.length === 0 ? 'no endpoint policy closes them' : undefined,
      closed: 'the endpoint policy lets no data out',
    };
  }

  public vpcs(): Spec {
    return {
      id: 'vpcs',
      title: 'Other VPCs',
      leadsOut: false,
      open: this.openTo(({ question: { from } }) => from === 'other-vpc' || from === 'other-endpoint'),
      opening: ['bound[all-policies]', 'bound[role-policies]'],
      closing: this.closing(),
      lacks: this.lacks,
      closed: 'refused by network, stolen credentials too',
    };
  }

  public accounts(): Spec {
    const left = this.left();
    return {
      id: 'accounts',
      title: 'Other accounts',
      leadsOut: false,
      open: this.openTo(({ question: { who } }) => isStrange(who)),
      opening: ['closed[bucket-configuration]', 'closed[bucket-policy-alone]'],
      closing: ['closed[objects-outside-endpoint]'],
      lacks: this.own.length === 0 && left.length > 0 ? leftTo(left) : this.lacks,
      closed: left.length === 0 ? 'refused, signed or not' : `refused, but ${leftTo(left)}`,
    };
  }

  private closedToInternet(isQuiet: boolean): string {
    const left = this.left();
    if (left.length > 0) {
      return `no route out, but ${leftTo(left)}`;
    }
    return isQuiet ? 'no route out, nobody comes in' : 'no route out, no way to the data';
  }

  /** The buckets whose policies are somebody else's to say. */
  private left(): string[] {
    return this.policies.buckets.filter(({ policy }) => policy === 'unknown').map(({ label }) => label);
  }

  /** What closes the data to other networks: the policies of the buckets, and where they are others', the role's. */
  private closing(): readonly PropertyId[] {
    return this.own.length > 0 ? ['closed[objects-outside-endpoint]'] : ['bound[role-policies]'];
  }

  private lacking(): string | undefined {
    const { buckets } = this.policies;
    const bare = buckets.filter(({ policy }) => policy === undefined).map(({ label }) => label);
    if (buckets.length === 0) {
      return 'no data bucket here';
    }
    return bare.length === 0 ? undefined : `no bucket policy on ${bare.slice(0, 2).join(', ')}`;
  }

  private openTo(which: (cell: Cell) => boolean): string[] {
    return this.rows.filter(({ cells: [cell] }) => which(cell)).flatMap(row => openIn(row));
  }
}

function leftTo(buckets: readonly string[]): string {
  return `the owner decides on ${buckets.length === 1 ? buckets[0] : `${buckets.length} buckets`}`;
}

function isStrange(who: string): boolean {
  return who === 'stranger' || who === 'anonymous';
}

function isLetIn({ standing }: Cell): boolean {
  return standing === 'exempt';
}

/** What a row lets somebody do with data that is not meant. */
function openIn({ who, from, where, cells, buckets }: Row & { readonly buckets: string }): string[] {
  const verbs = cells
    .slice(0, DATA_COLUMNS)
    .flatMap(({ outcome, standing }, index) =>
      outcome === 'allowed' && standing === 'unintended' ? [VERBS[index].words] : [],
    );
  return verbs.length === 0
    ? []
    : [`${who}, from ${from}: ${[verbs.join(', '), where].filter(words => words !== '').join(' ')} (${buckets})`];
}

/** What packets may take beside the endpoint. */
function waysOutOf({ workload, model }: ExaminedWorkload): string[] {
  const { publicIp, where } = workload;
  const open = routesOutOf(workload, model)
    .routesOut.filter(({ openBecause }) => openBecause !== undefined)
    .map(({ leads }) => leads);
  return publicIp ? [...open, `${nameOf(where)} gets a public address`] : open;
}
