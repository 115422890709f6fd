import { memoize } from '../../src/base';
import {
  claimOf,
  Counterexample,
  Outcome,
  Proof,
  PROPERTIES,
  PropertyId,
  PropertyResult,
  prove,
  ProofInput,
} from '../../src/proof';
import { decideProperty } from '../../src/proof/property-check';
import { RequestSpace } from '../../src/proof/request-space';

/** The proof of an input, whatever is asked about it. */
export const proofOf = memoize((input: ProofInput): Proof => prove(input));

const spaceOf = memoize((input: ProofInput) => new RequestSpace(input));

/** The properties that do not hold. */
export function brokenIn({ properties }: Proof): readonly PropertyResult[] {
  return properties.filter(({ outcome }) => outcome === 'violated' || outcome === 'not proven');
}

/** Their ids. */
export function broken(input: ProofInput): readonly PropertyId[] {
  return brokenIn(proofOf(input)).map(({ id }) => id);
}

/** The claims that they belong to. */
export function brokenClaims(input: ProofInput): readonly string[] {
  return [...new Set(broken(input).map(claimOf))];
}

/** The counterexamples in words. */
export function counterexamples(input: ProofInput): string {
  return brokenIn(proofOf(input))
    .flatMap(result => result.counterexamples)
    .map(({ request, decision, expected, fix }) => `${request} | ${decision} | ${expected} | ${fix}`)
    .join('\n');
}

/** What was found out about one property, decided by itself. */
export function resultOf(input: ProofInput, id: string): PropertyResult {
  const property = PROPERTIES.find(each => each.id === id);
  if (property === undefined) {
    throw new Error(`no property ${id}`);
  }
  return decideProperty(property, spaceOf(input));
}

/** A property holds for each of the inputs, if need be on assumptions. */
export function holdsFor(id: PropertyId, inputs: Readonly<Record<string, ProofInput>>): void {
  test.each(Object.entries(inputs))('holds for %s', (_, input) => {
    const { outcome, counterexamples: found, notProven } = resultOf(input, id);
    expect([found, notProven]).toEqual([[], []]);
    expect<Outcome[]>(['holds', 'holds, assuming']).toContain(outcome);
  });
}

/** There is nothing to decide about a property. */
export function doesNotApplyTo(id: PropertyId, inputs: Readonly<Record<string, ProofInput>>, because: string): void {
  test.each(Object.entries(inputs))('does not apply to %s', (_, input) => {
    expect(resultOf(input, id)).toMatchObject({ outcome: 'does not apply', because, decisions: 0 });
  });
}

/** What the first counterexample says. */
export type Said = Readonly<
  Record<keyof Pick<Counterexample, 'request' | 'decision' | 'expected'>, string | RegExp>
> & {
  readonly subject?: string;
};

/** An input that breaks a property, and the ids of all that it breaks, where more than this one are looked at. */
export type Violation = readonly [why: string, input: ProofInput, said: Said, broken?: readonly PropertyId[]];

/** A property is violated, which the first counterexample shows. */
export function isViolatedWhere(id: PropertyId, violations: readonly Violation[]): void {
  const rows = violations.map(violation => [violation[0], violation] as const);
  test.each(rows)('is violated: %s', (_, [, input, { request, decision, expected, subject }, all]) => {
    if (all !== undefined) {
      expect(broken(input)).toEqual(all);
    }
    const { outcome, counterexamples: found } = resultOf(input, id);
    expect(outcome).toBe('violated');
    expect(found[0].request).toMatch(request);
    expect(found[0].decision).toMatch(decision);
    expect(found[0].expected).toMatch(expected);
    expect(found[0].subject).toBe(subject);
  });
}

/** What could not be read keeps a property from being proven. */
export function isNotProvenWhereUnread(id: PropertyId, input: ProofInput): void {
  test('is not proven where something that bears on it could not be read', () => {
    const unread = [{ place: 'Stack/Macro', reason: 'a macro may change it', bearsOn: [id] }];
    expect(resultOf({ ...input, unread }, id)).toMatchObject({
      outcome: 'not proven',
      notProven: [{ place: 'Stack/Macro', reason: 'a macro may change it' }],
    });
  });
}
