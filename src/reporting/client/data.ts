import type { Choice } from '../model/choices';
import type { WorkloadPolicies } from '../model/policies';

/** What the script of a page has to know. */
export interface PageData {
  readonly policies: WorkloadPolicies;
  readonly who: readonly Choice[];
  readonly from: readonly Choice[];
  /** Each explanation once, with the parts of the picture that it is about. */
  readonly explanations: ReadonlyArray<readonly [sentence: string, parts: string]>;
}
