import { ANYTHING, Authorizer } from './authorizers';
import { describeCandidate, Exception } from './candidate-request';
import { CounterexampleSearch, Ruling, RequestSlice } from './counterexample-search';
import type { ProofInput } from './proof-input';
import type { RequestSpace } from './request-space';
import { allowed, Decision } from '../iam';

/** The names of the claims. */
export type ClaimName =
  'works' | 'closed' | 'no-way-out' | 'encrypted' | 'bound' | 'not-locked-out' | 'guarded' | 'no-dead-statement';

/** The names of the claims: each has a file of that name. */
export const CLAIMS: readonly ClaimName[] = [
  'works',
  'closed',
  'no-way-out',
  'encrypted',
  'bound',
  'not-locked-out',
  'guarded',
  'no-dead-statement',
];

/** A request that shows that a claim does not hold. */
export interface Counterexample {
  /** The request in words. */
  readonly request: string;
  /** How it is decided, and why. */
  readonly decision: string;
  /** What should come out instead. */
  readonly expected: string;
  /** What to do about it. */
  readonly fix: string;
}

/** Whether a claim holds. */
export interface ClaimResult {
  readonly claim: ClaimName;
  readonly holds: boolean;
  /** How many requests were decided. */
  readonly decisions: number;
  /** How many combinations of classes that covers. */
  readonly combinations: number;
  readonly counterexample?: Counterexample;
  /** What the claim relies on and the assembly does not define. */
  readonly assumptions: readonly string[];
}

/** What is wrong, found while a claim was tried; `undefined` if nothing is. */
export type Finding = Counterexample | undefined;

/** What a claim is tried on. */
export interface PropertyCheck {
  readonly space: RequestSpace;
  readonly search: CounterexampleSearch;
  /** The input as it is deployed now, before an update. */
  readonly previous?: ProofInput;
  /** Adds an assumption. */
  readonly assume: (assumption: string) => undefined;
}

/** Part of a claim. */
export type Property = (check: PropertyCheck) => Finding;

/** Tries the parts of a claim, up to the first that fails. */
export function tryClaim(
  claim: ClaimName,
  properties: readonly Property[],
  space: RequestSpace,
  previous?: ProofInput,
): ClaimResult {
  const search = new CounterexampleSearch();
  const assumptions = new Set<string>();
  const check: PropertyCheck = { space, search, previous, assume: each => assumptions.add(each) && undefined };
  const found = first(properties, property => property(check));
  const { decisions, combinations } = search;
  return {
    claim,
    holds: found === undefined,
    decisions,
    combinations: Math.max(decisions, combinations),
    assumptions: [...assumptions],
    ...(found === undefined ? {} : { counterexample: found }),
  };
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

/** The finding about a request that should not be allowed, if a slice contains one. */
export function allDenied(
  search: CounterexampleSearch,
  slice: RequestSlice,
  authorizer: Authorizer,
  fix: string,
  except?: Exception,
): Finding {
  const ruling = search.firstAllowed(slice, authorizer, except);
  return ruling && counterexample(ruling, 'denied', fix);
}

/** A ruling as a counterexample. */
export function counterexample({ candidate, decision }: Ruling, expected: string, fix: string): Counterexample {
  return { request: describeCandidate(candidate), decision: reasonOf(decision), expected, fix };
}

/** Statements that stand for what somebody could allow are not in any policy. */
function reasonOf({ verdict, decidedBy, reason }: Decision): string {
  const real = decidedBy.filter(({ sid }) => sid !== ANYTHING);
  if (verdict !== 'Allowed' || real.length === decidedBy.length) {
    return reason;
  }
  return real.length === 0 ? 'no statement denies it' : `${allowed(real).reason}, and no statement denies it`;
}
