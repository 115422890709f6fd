export { LINT_RULES, RULES, findingsOf } from './all-rules';
export { placedPolicies } from './placed-policies';
