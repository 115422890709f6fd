import type { ProofInput } from './proof-input';
import { PROPERTIES } from './properties';
import { decideProperty, PropertyResult } from './property-check';
import { RequestSpace } from './request-space';

/** What is proven about a workload. */
export interface Proof {
  /** How the workload is called. */
  readonly name: string;
  /** Every property, each decided by itself. */
  readonly properties: readonly PropertyResult[];
  /** How many requests were decided. */
  readonly decisions: number;
  /** How many combinations of classes of requests that covers. */
  readonly combinations: number;
  /** What the proof relies on and the assembly does not define. */
  readonly assumptions: readonly string[];
}

/** How a proof is made. */
export interface ProofOptions {
  /** The input as it is deployed now: then every mix of old and new that an update can pass is looked at, too. */
  readonly previous?: ProofInput;
}

/** Decides every property of a workload. */
export function prove(input: ProofInput, { previous }: ProofOptions = {}): Proof {
  const space = new RequestSpace(input);
  const before = previous === undefined ? undefined : new RequestSpace(previous);
  const properties = PROPERTIES.map(property => decideProperty(property, space, before));
  const sum = (figure: (result: PropertyResult) => number) =>
    properties.reduce((total, result) => total + figure(result), 0);
  return {
    name: input.name,
    properties,
    decisions: sum(({ decisions }) => decisions),
    combinations: sum(({ combinations }) => combinations),
    assumptions: [...new Set([...(input.assumptions ?? []), ...properties.flatMap(({ assumptions }) => assumptions)])],
  };
}
