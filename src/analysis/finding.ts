import type { FindingId } from './catalog';

/** Where something is. */
export interface Place {
  /** The path of the construct or, without one, the logical id. */
  readonly name: string;
  readonly stack?: string;
  readonly logicalId?: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

/** Something to do something about, as it is told. */
export interface Finding {
  readonly id: FindingId;
  readonly severity: 'error' | 'warning';
  /** What is wrong, in one sentence. */
  readonly message: string;
  /** What it comes from. */
  readonly because?: string;
  /** A request that shows it, and how it is decided. */
  readonly example?: string;
  /** What to do about it, one thing each. */
  readonly fix: readonly string[];
  /** What else comes from the same cause. */
  readonly breaks: readonly FindingId[];
  /** Where it is; several, where they are alike. */
  readonly places: readonly Place[];
  /** The workloads that it is about. */
  readonly workloads: readonly string[];
  /** The same for the same finding in another version of the templates, for each of the places. */
  readonly fingerprints: readonly string[];
  /** Whether it would be gone if the construct made the workload. */
  readonly isClosedByConstruct: boolean;
  /** Why it is accepted, if it is. */
  readonly reason?: string;
}

/** How many of what there is. */
export interface Summary {
  readonly errors: number;
  readonly warnings: number;
  readonly accepted: number;
  /** The properties that hold for every workload that they apply to. */
  readonly holding: number;
  readonly broken: number;
  readonly assumptions: readonly string[];
  readonly workloads: readonly string[];
}
