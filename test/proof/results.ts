import { claimOf, prove, Proof, ProofInput, PropertyResult } from '../../src/proof';

/** The properties that do not hold. */
export function brokenIn({ properties }: Proof): readonly PropertyResult[] {
  return properties.filter(({ outcome }) => outcome === 'violated' || outcome === 'not proven');
}

/** Their ids. */
export function broken(input: ProofInput): readonly string[] {
  return brokenIn(prove(input)).map(({ id }) => id);
}

/** The claims that they belong to. */
export function brokenClaims(input: ProofInput): readonly string[] {
  return [...new Set(brokenIn(prove(input)).map(({ id }) => claimOf(id)))];
}

/** The counterexamples in words. */
export function counterexamples(input: ProofInput): string {
  return brokenIn(prove(input))
    .flatMap(result => result.counterexamples)
    .map(({ request, decision, expected, fix }) => `${request} | ${decision} | ${expected} | ${fix}`)
    .join('\n');
}

/** What was found out about one property. */
export function resultOf(input: ProofInput, id: string): PropertyResult {
  const found = prove(input).properties.find(each => each.id === id);
  if (found === undefined) {
    throw new Error(`no property ${id}`);
  }
  return found;
}
