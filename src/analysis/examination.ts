import type { Sorted } from './acknowledgements';
import type { StackTemplate, Unresolved } from '../cloudformation';
import type { Proof } from '../proof';
import type { RequestFlow } from '../request-flow';

/** What there is to say of a cloud assembly. */
export interface Examination extends Sorted {
  /** Whether there is a workload, and nothing is violated but what is accepted. */
  readonly holds: boolean;
  /** Whether every file could be read. */
  readonly isRead: boolean;
  readonly flows: readonly RequestFlow[];
  readonly proofs: readonly Proof[];
  /** What could not be read, so that nothing was concluded from it. */
  readonly unresolved: readonly Unresolved[];
  /** The loops of the templates that were written out, each with its stack. */
  readonly loops: readonly string[];
  /** The stacks that were read. */
  readonly stacks: readonly StackTemplate[];
}
