export { RULES, findingsOf } from './all-rules';
export type { RuleFinding } from './all-rules';
export { placedPolicies } from './placed-policies';
export type { Evidence, PlacedPolicy } from './rule';
export { RULE_METADATA } from './rule-metadata';
export type { RuleId } from './rule-metadata';
export { nearest } from './spelling';
