import { Counterexample, Proof, ProofInput, prove } from '../proof';

/** The name of a workload in what is compared: no character of it stands in one. */
const NAME = '\u0000';

/** Proves workloads that differ in nothing but their name once. */
export class Prover {
  private readonly known = new Map<string, Proof>();

  public prove(input: ProofInput, previous: ProofInput | undefined): Proof {
    const { name } = input;
    const key = JSON.stringify([input, previous], (_, value: unknown) =>
      typeof value === 'object' && value !== null && 'where' in value ? { ...value, where: undefined } : value,
    ).replaceAll(JSON.stringify(name).slice(1, -1), NAME);
    const known = this.known.get(key);
    if (known !== undefined) {
      return named(known, name);
    }
    const proof = prove(input, { previous });
    this.known.set(key, proof);
    return proof;
  }
}

function named(proof: Proof, name: string): Proof {
  const inText = (text: string) => text.replaceAll(proof.name, name);
  const told = (found: Counterexample): Counterexample => ({
    ...found,
    request: inText(found.request),
    decision: inText(found.decision),
  });
  return {
    ...proof,
    name,
    properties: proof.properties.map(each => ({ ...each, counterexamples: each.counterexamples.map(told) })),
    assumptions: proof.assumptions.map(inText),
  };
}
