export { AdoptedSecurityGroup } from './adopted-security-group';
export { COMPUTE, Compute } from './compute';
export type { BoundCompute, ComputeResources } from './compute';
export { cpuUtilization } from './cpu-utilization';
export { outboundProblems } from './placement-problems';
export { WorkloadSecurityGroup, egressProblems } from './workload-security-group';
