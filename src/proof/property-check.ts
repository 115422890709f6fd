import { ANYTHING, Authorizer } from './authorizers';
import { describeCandidate, Exception, PRINCIPAL, principalOf } from './candidate-request';
import { CounterexampleSearch, RequestSlice, Ruling } from './counterexample-search';
import { mostTelling } from './most-telling';
import { hasOrganizationPolicies } from './proof-input';
import { isOf, PROPERTY_METADATA, PropertyId } from './property-metadata';
import type { RequestSpace } from './request-space';
import { allowed, containerOf, Decision, PolicyReference } from '../iam';
import { MOST_CELLS } from './texts/text-set';

/** A request that shows that a property does not hold. */
export interface Counterexample {
  /** The request in words. */
  readonly request: string;
  /** How it is decided, and why. */
  readonly decision: string;
  /** What should come out instead. */
  readonly expected: string;
  /** What to do about it. */
  readonly fix: string;
  /** The ARN or the id of what it is about; absent if that is the workload as a whole. */
  readonly subject?: string;
  /** The statements that decided, or could be to blame; empty: none denies it. Absent where no policy decides. */
  readonly decidedBy?: readonly PolicyReference[];
}

/** What keeps a property from being decided. */
export interface NotProven {
  /** Where it stands. */
  readonly place: string;
  readonly reason: string;
  /** The ARN or the id of the resource, if there is one. */
  readonly subject?: string;
  /** The id of the rule that reports it for all properties at once. */
  readonly rule?: string;
}

/** How a property came out. */
export type Outcome = 'holds' | 'holds, assuming' | 'violated' | 'not proven' | 'does not apply';

/** What was found out about a property. */
export interface PropertyResult {
  readonly id: PropertyId;
  readonly outcome: Outcome;
  /** One for each bucket, key, endpoint or other part that it does not hold for. */
  readonly counterexamples: readonly Counterexample[];
  readonly notProven: readonly NotProven[];
  /** What it relies on and the assembly does not define. */
  readonly assumptions: readonly string[];
  /** Why it does not apply. */
  readonly because?: string;
  /** How many requests were decided. */
  readonly decisions: number;
  /** How many combinations of classes that covers. */
  readonly combinations: number;
}

/** What is wrong; `undefined` if nothing is. */
export type Finding = Counterexample | undefined;

/** What a property is decided on. */
export interface PropertyCheck {
  readonly space: RequestSpace;
  readonly search: CounterexampleSearch;
  /** The input as it is deployed now, before an update. */
  readonly previous?: RequestSpace;
  /** What to do where the property does not hold. */
  readonly fix: string;
  /** Adds an assumption. */
  readonly assume: (assumption: string) => undefined;
  /** Says that something keeps the property from being decided. */
  readonly notProven: (place: string, reason: string, subject?: string) => undefined;
}

/** A property of a workload, which holds or does not whatever the others do. */
export interface Property {
  readonly id: PropertyId;
  /** Why there is nothing to decide; `undefined` if there is. */
  readonly inapplicable?: (space: RequestSpace) => string | undefined;
  readonly decide: (check: PropertyCheck) => readonly Counterexample[];
}

/** Decides one property. */
export function decideProperty(property: Property, space: RequestSpace, previous?: RequestSpace): PropertyResult {
  const { id } = property;
  const search = new CounterexampleSearch();
  const assumptions = new Set<string>();
  const notProven: NotProven[] = unreadFor(id, space);
  const because = property.inapplicable?.(space);
  const check: PropertyCheck = {
    space,
    search,
    previous,
    fix: PROPERTY_METADATA[id].fix,
    assume: each => void assumptions.add(each),
    notProven: (place, reason, subject) => void notProven.push({ place, reason, subject }),
  };
  const counterexamples = because === undefined ? property.decide(check) : [];
  notProven.push(...undecidedIn(space));
  const { decisions, combinations } = search;
  return {
    id,
    outcome: outcomeOf(counterexamples, notProven, assumptions, because),
    counterexamples,
    notProven,
    assumptions: [...assumptions],
    ...(because === undefined ? {} : { because }),
    decisions,
    combinations: Math.max(decisions, combinations),
  };
}

/** A counterexample stands whatever else could not be read. */
function outcomeOf(
  counterexamples: readonly Counterexample[],
  notProven: readonly NotProven[],
  assumptions: ReadonlySet<string>,
  because: string | undefined,
): Outcome {
  if (because !== undefined) {
    return 'does not apply';
  }
  if (counterexamples.length > 0) {
    return 'violated';
  }
  if (notProven.length > 0) {
    return 'not proven';
  }
  return assumptions.size > 0 ? 'holds, assuming' : 'holds';
}

/** What has more classes than are looked for. */
function undecidedIn({ values }: RequestSpace): readonly NotProven[] {
  return [...values.undecided].map(kind => ({
    place: `the ${kind} that policies tell apart`,
    reason: `there are more than ${MOST_CELLS} kinds of them`,
  }));
}

/** What of the input could not be read and bears on the property. */
function unreadFor(id: PropertyId, { input: { unread = [] } }: RequestSpace): NotProven[] {
  return unread
    .filter(({ bearsOn }) => bearsOn === undefined || bearsOn.some(each => isOf(id, each)))
    .map(({ place, reason, subject, rule }) => ({ place, reason, subject, ...(rule === undefined ? {} : { rule }) }));
}

/** The first finding. */
export function first<T>(items: Iterable<T>, find: (item: T) => Finding): Finding {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

/** A finding for each of them: that one does not hold says nothing about the others. */
export function eachOf<T>(
  subjects: readonly T[],
  subjectOf: (subject: T) => string,
  find: (subject: T) => Finding,
): readonly Counterexample[] {
  return subjects.flatMap(subject => about(subjectOf(subject), find(subject)));
}

/** The finding, if there is one, with what it is about. */
export function about(subject: string, finding: Finding): readonly Counterexample[] {
  return finding === undefined ? [] : [{ ...finding, subject }];
}

/** The ARN that a bucket, an access point or a key goes by. */
export function arnOf({ arn }: { readonly arn: string }): string {
  return arn;
}

/** The id that an endpoint goes by. */
export function idOf({ id }: { readonly id: string }): string {
  return id;
}

/**
 * Only its service can act as a service-linked role, which no policy of an organization restricts.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 */
const SERVICE_LINKED: Exception = {
  dimensions: { [PRINCIPAL]: ({ principal }) => principal?.kind === 'service-linked' },
  holds: candidate => principalOf(candidate).kind === 'service-linked',
};

const NONE: readonly Exception[] = [];
const ONLY_SERVICE_LINKED: readonly Exception[] = [SERVICE_LINKED];

/** Whom policies of an organization do not restrict is no finding; a policy of the account that spares it is one. */
function exceptionsIn({ input }: RequestSpace): readonly Exception[] {
  return hasOrganizationPolicies(input) ? ONLY_SERVICE_LINKED : NONE;
}

/** The finding about a request that should not be allowed, if a slice contains one. */
export function allDenied(
  check: PropertyCheck,
  slice: RequestSlice,
  authorizer: Authorizer,
  except?: Exception,
): Finding {
  Object.keys(slice.target.tags ?? {}).forEach(name =>
    check.assume(`nobody puts the tag ${name} on ${containerOf(slice.target.arn)}`),
  );
  const always = exceptionsIn(check.space);
  const exceptions = except === undefined ? always : [except, ...always];
  const ruling = isEmpty(slice) ? undefined : check.search.firstAllowed(slice, authorizer, exceptions);
  return ruling && counterexample(check, mostTelling(ruling, slice, check.search, authorizer, exceptions), 'denied');
}

/** Whether no request is in a slice. */
export function isEmpty({ dimensions }: RequestSlice): boolean {
  return dimensions.some(({ classes }) => classes.length === 0);
}

/** A ruling as a counterexample. */
export function counterexample(
  { fix }: Pick<PropertyCheck, 'fix'>,
  { candidate, decision }: Ruling,
  expected: string,
): Counterexample {
  const decidedBy = inPolicies(decision);
  return { request: describeCandidate(candidate), decision: reasonOf(decision), expected, fix, decidedBy };
}

/** Statements that stand for what somebody could allow are not in any policy. */
export function inPolicies({ decidedBy }: Decision): readonly PolicyReference[] {
  return decidedBy.filter(({ sid }) => sid !== ANYTHING);
}

function reasonOf(decision: Decision): string {
  const { verdict, decidedBy, reason } = decision;
  const real = inPolicies(decision);
  if (verdict !== 'Allowed' || real.length === decidedBy.length) {
    return reason;
  }
  return real.length === 0 ? 'no statement denies it' : `${allowed(real).reason}, and no statement denies it`;
}
