import type { FindingId } from './catalog';
import type { Cause } from './cause';
import type { Acknowledgement, ResourceRef } from '../cloudformation';
import type { Counterexample } from '../proof';

/** Something that is not as it has to be: a property that does not hold, or a rule that is broken. */
export interface Violation {
  /** The id of the property or of the rule. */
  readonly rule: FindingId;
  /** The workload that it is about; absent if it is about none. */
  readonly workload?: ResourceRef;
  /** The path of the construct whose workload it is; absent where nothing tells it. */
  readonly construct?: string;
  /** The resource that it is about, if it is not the workload as a whole. */
  readonly where?: ResourceRef;
  /** What is wrong; for a property the counterexample, or what keeps it from being proven. */
  readonly description: string;
  /** What to do about it. */
  readonly fix: string;
  /** The request that shows it, and how it is decided. */
  readonly counterexample?: Pick<Counterexample, 'request' | 'decision' | 'expected'>;
  /** A warning is said, and fails no synthesis; what is fatal cannot be acknowledged. */
  readonly severity: 'fatal' | 'error' | 'warning';
  /** What may have to change, as long as it is not known what the others come from. */
  readonly causes?: readonly Cause[];
  /** All that comes from the cause that this is about, itself included; absent where it is the only one. */
  readonly breaks?: readonly Violation[];
  /** What the cause is called, where more than this comes from it. */
  readonly cause?: string;
  /** All that has to be done about the cause, where that is more than one thing. */
  readonly fixes?: readonly string[];
}

/** A violation that the app accepts. */
export interface AcceptedViolation extends Violation {
  readonly accepted: Acknowledgement;
}

/**
 * Whether a workload, or an assembly, is as it has to be, by what is violated and not accepted. Nothing else says so:
 * not the plugin, the command or the report.
 */
export function holds(violations: readonly Violation[], isStrict = false): boolean {
  return violations.every(({ severity }) => severity === 'warning' && !isStrict);
}

/** The construct that a violation is reported on, where it can be acknowledged. */
export function pathOf({ where, construct, workload }: Violation): string | undefined {
  return where?.constructPath ?? construct ?? workload?.constructPath;
}

/** The violations one by one, whatever they come from. */
export function oneByOne(violations: readonly Violation[]): readonly Violation[] {
  return violations.flatMap(each => each.breaks ?? [each]);
}
