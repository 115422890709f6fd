export { decide } from './decide';
export type { Decision, PolicyKind, PolicyReference, Verdict } from './decision';
export type { ConditionJson, ConditionValue, OneOrMany, PolicyJson, PrincipalJson, PrincipalMapJson, StatementJson } from './document';
export type { PolicySet } from './policy-types';
export type { AccessRequest } from './request';
