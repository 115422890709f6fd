export { AdoptedRole, adoptRole, roleProblems } from './adopted-role';
export { RolePolicies } from './role-policies';
export { WorkloadRole } from './workload-role';
