import { ANYTHING, Court } from './authorizers';
import { describeScene, Exception } from './candidate-request';
import { Judge, Ruling, Space } from './counterexample-search';
import type { ProofSubject } from './proof-input';
import type { World } from './request-space';
import { allowed, Decision } from '../iam/decision';

/** The names of the claims. */
export type ClaimName = 'works' | 'closed' | 'no-way-out' | 'encrypted' | 'bound' | 'not-locked-out' | 'guarded' | 'no-dead-statement';

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
export interface Trial {
  readonly world: World;
  readonly judge: Judge;
  /** The subject as it is deployed now, before an update. */
  readonly previous?: ProofSubject;
  /** Adds an assumption. */
  readonly assume: (assumption: string) => undefined;
}

/** Part of a claim. */
export type Attempt = (trial: Trial) => Finding;

/** Tries the parts of a claim, up to the first that fails. */
export function tryClaim(claim: ClaimName, attempts: readonly Attempt[], world: World, previous?: ProofSubject): ClaimResult {
  const judge = new Judge();
  const assumptions = new Set<string>();
  const trial: Trial = { world, judge, previous, assume: each => assumptions.add(each) && undefined };
  const found = first(attempts, attempt => attempt(trial));
  const { decisions, combinations } = judge;
  return {
    claim,
    holds: found === undefined,
    decisions,
    combinations: Math.max(decisions, combinations),
    assumptions: [...assumptions],
    ...found === undefined ? {} : { counterexample: found },
  };
}

/** The first finding. */
export function first<T>(items: Iterable<T>, find: (item: T) => Finding): Finding {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The finding about a request that should not be allowed, if a space contains one. */
export function allDenied(judge: Judge, space: Space, court: Court, fix: string, except?: Exception): Finding {
  const ruling = judge.firstAllowed(space, court, except);
  return ruling && counterexample(ruling, 'denied', fix);
}

/** A ruling as a counterexample. */
export function counterexample({ scene, decision }: Ruling, expected: string, fix: string): Counterexample {
  return { request: describeScene(scene), decision: reasonOf(decision), expected, fix };
}

/** Statements that stand for what somebody could allow are not in any policy. */
function reasonOf({ verdict, decidedBy, reason }: Decision): string {
  const real = decidedBy.filter(({ sid }) => sid !== ANYTHING);
  if (verdict !== 'Allowed' || real.length === decidedBy.length) return reason;
  return real.length === 0 ? 'no statement denies it' : `${allowed(real).reason}, and no statement denies it`;
}
