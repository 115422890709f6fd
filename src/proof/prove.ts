import type { ProofInput } from './proof-input';
import { bound } from './properties/bound';
import { closed } from './properties/closed';
import { encrypted } from './properties/encrypted';
import { guarded } from './properties/guarded';
import { noDeadStatement } from './properties/no-dead-statement';
import { noWayOut } from './properties/no-way-out';
import { notLockedOut } from './properties/not-locked-out';
import { works } from './properties/works';
import type { ClaimResult } from './property-check';
import { RequestSpace } from './request-space';

/** What is proven about a workload. */
export interface Proof {
  /** How the workload is called. */
  readonly name: string;
  /** Whether all claims hold, relative to the assumptions. */
  readonly holds: boolean;
  readonly claims: readonly ClaimResult[];
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

/** Tries every claim on a workload. */
export function prove(input: ProofInput, { previous }: ProofOptions = {}): Proof {
  const space = new RequestSpace(input);
  const claims = [
    works(space),
    closed(space),
    noWayOut(space),
    encrypted(space),
    bound(space),
    notLockedOut(space, previous),
    guarded(space),
    noDeadStatement(space),
  ];
  const sum = (figure: (claim: ClaimResult) => number) => claims.reduce((total, claim) => total + figure(claim), 0);
  return {
    name: input.name,
    holds: claims.every(({ holds }) => holds),
    claims,
    decisions: sum(({ decisions }) => decisions),
    combinations: sum(({ combinations }) => combinations),
    assumptions: [...new Set([...(input.assumptions ?? []), ...claims.flatMap(({ assumptions }) => assumptions)])],
  };
}
