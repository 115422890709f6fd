export { AdoptedSecurityGroup } from './adopted-security-group';
export { COMPUTE, Compute } from './compute';
export type { BoundCompute, ComputeResources } from './compute';
export { WorkloadSecurityGroup } from './workload-security-group';
