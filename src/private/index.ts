export { ACCEPTED, ZONES_OF_THE_SUBNETS, accept, acceptedWildcards } from './accepted-findings';
export { announce, warnWhenComplete } from './announce';
export { DerivedPolicyDocument } from './derived-policy-document';
export { Refusal, describe, refuse } from './errors';
export type { Problem } from './errors';
export { managerOf, markManaged } from './managed';
export { POLICY_LIMITS, distribute, sizeOf, sizeProblems } from './policy-sizes';
export { accessPointArnOf, bucketArnOf, isNamedEverywhere, roleArnOf } from './portable-arns';
export { isConcrete, withoutTokens } from './tokens';
