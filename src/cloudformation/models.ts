import type { Assembly } from './assembly';
import { assumptionsOf } from './assumptions';
import { accessPointsOf, bucketsOf, keysOf } from './buckets';
import { deliveriesOf } from './deliveries';
import { endpointsOf } from './endpoints';
import { Facts } from './resource-index';
import { guardrailsOf } from './guardrails';
import type { AssemblyModel } from './model';
import { Reading, readings } from './resolved-assembly';
import { otherTextsOf, workloadsOf } from './workload';

export type { Acknowledgement } from './acknowledgements';
export { assemblyOf, readAssembly } from './assembly';
export type { Assembly, ReadOptions } from './assembly';
export { isBelow } from './construct-paths';
export type { PathEntries } from './construct-paths';
export type { AssumedComparison } from './conditions';
export { nameOf } from './resource-index';
export type * from './model';
export type { ResourceRef, Unresolved } from './template-location';
export { readings } from './resolved-assembly';
export type { Reading, ResolvedResource } from './resolved-assembly';
export type { Environment } from './resolution';
export { isSymbolic } from './symbols';

/**
 * What an assembly defines: one model, or one for each way in which conditions that are decided at deployment only can come out.
 *
 * @param assembly the stacks that are deployed together
 */
export function modelsOf(assembly: Assembly): AssemblyModel[] {
  return readings(assembly).map(modelOf);
}

/** What one reading of an assembly defines. */
export function modelOf(reading: Reading): AssemblyModel {
  const facts = new Facts(reading);
  const keys = keysOf(facts);
  const buckets = bucketsOf(facts, keys);
  const parts = {
    workloads: workloadsOf(facts),
    buckets,
    accessPoints: accessPointsOf(facts, buckets),
    keys,
    endpoints: endpointsOf(facts),
    deliveries: deliveriesOf(facts),
    declarations: reading.declarations,
    guardrails: guardrailsOf(facts),
    otherTexts: otherTextsOf(facts),
  };
  return {
    assumed: reading.assumed,
    ...parts,
    assumptions: assumptionsOf(reading),
    unresolved: [...reading.unresolved, ...facts.unresolved],
  };
}
