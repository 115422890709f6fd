import { RequestFlow, requestFlows } from '../verification/flow';
import { Proof, prove } from '../verification/proof';
import { subjectsOf } from '../verification/proof/from-model';
import { Unresolved, modelsOf, readAssembly } from '../verification/template';

/** What the proof says of a cloud assembly or a template. */
export interface Examination {
  /** Whether there is a workload, and every flow and every claim holds. */
  readonly ok: boolean;
  readonly flows: readonly RequestFlow[];
  readonly proofs: readonly Proof[];
  /** What could not be read, so that nothing was concluded from it. */
  readonly unresolved: readonly Unresolved[];
}

/**
 * Walks the request flow and tries the proof of every workload that may use S3.
 *
 * @param path a cloud assembly, or a template in JSON
 * @param previous what is deployed now
 */
export function examine(path: string, previous?: string): Examination {
  const before = previous === undefined ? [] : modelsOf(readAssembly(previous)).flatMap(subjectsOf);
  const models = modelsOf(readAssembly(path));
  const flows = models.flatMap(requestFlows).filter(({ buckets }) => buckets.length > 0);
  const proofs = models.flatMap(subjectsOf).map(subject => prove(subject, { previous: before.find(({ name }) => name === subject.name) }));
  return {
    ok: flows.length > 0 && flows.every(({ ok }) => ok) && proofs.every(({ holds }) => holds),
    flows,
    proofs,
    unresolved: models.flatMap(({ unresolved }) => unresolved),
  };
}
