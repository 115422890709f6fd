import { assumptionsOf } from './assumptions';
import { accessPointsOf, bucketsOf, keysOf } from './buckets';
import { conflictsOf } from './conflicts';
import { deliveriesOf } from './deliveries';
import { endpointsOf } from './endpoints';
import { grantedIn } from './granted';
import { guardrailsOf, unattachedGuardrails } from './guardrails';
import type { AssemblyModel } from './model';
import { relaysOf, serviceNetworksOf } from './network';
import { readersOf } from './readers';
import { ResolvedAssembly, resolvedAssemblies } from './resolved-assembly';
import { ResourceIndex } from './resource-index';
import type { Assembly } from './template-location';
import { otherTextsOf, workloadsOf } from './workload';

export type { Acknowledgement } from './acknowledgements';
export { assemblyOf, readAssembly } from './assembly';
export type { ReadOptions } from './assembly';
export type { Assembly } from './template-location';
export { isBelow } from './construct-paths';
export type { PathEntries } from './construct-paths';
export type { AssumedComparison } from './conditions';
export { nameOf } from './resource-index';
export type * from './model';
export type { ResourceRef, Unresolved } from './template-location';
export { resolvedAssemblies } from './resolved-assembly';
export type { ResolvedAssembly, ResolvedResource } from './resolved-assembly';
export type { Environment } from './resolution';
export { isSymbolic } from './symbols';

/**
 * What an assembly defines: one model, or one for each way in which conditions that are decided at deployment only
 * can come out.
 *
 * @param assembly the stacks that are deployed together
 */
export function modelsOf(assembly: Assembly): AssemblyModel[] {
  return resolvedAssemblies(assembly).map(modelOf);
}

/** What one reading of an assembly defines. */
export function modelOf(reading: ResolvedAssembly): AssemblyModel {
  const index = new ResourceIndex(reading);
  const keys = keysOf(index);
  const buckets = bucketsOf(index, keys);
  const parts = {
    workloads: workloadsOf(index),
    buckets,
    accessPoints: accessPointsOf(index, buckets),
    keys,
    endpoints: endpointsOf(index),
    serviceNetworks: serviceNetworksOf(index),
    relays: relaysOf(index),
    securityGroupIds: index.ofType('AWS::EC2::SecurityGroup').map(({ ref }) => ref),
    deliveries: deliveriesOf(index),
    declarations: reading.declarations,
    visitors: reading.visitors,
    guardrails: guardrailsOf(index),
    unattachedGuardrails: unattachedGuardrails(index),
    loops: reading.loops,
    conflicts: conflictsOf(index),
    readers: readersOf(index),
    granted: grantedIn(index),
    otherTexts: otherTextsOf(index),
  };
  return {
    assumed: reading.assumed,
    ...parts,
    assumptions: assumptionsOf(reading),
    unresolved: [...reading.unresolved, ...index.unresolved],
  };
}
