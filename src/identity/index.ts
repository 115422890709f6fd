export { AdoptedRole, adoptRole, roleProblems } from './adopted-role';
export { RolePolicies } from './role-policies';
export { WorkloadRole, warnOfS3Grant } from './workload-role';
