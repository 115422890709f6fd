export { ACCEPTED, ZONES_OF_THE_SUBNETS, accept, acceptedWildcards } from './accepted-findings';
export { announce, warnWhenComplete } from './announce';
export * from './checks';
export { DerivedPolicyDocument } from './derived-policy-document';
export { describe, refuse, unless } from './errors';
export type { Problem } from './errors';
export { addTask, managerOf, markManaged, markShared, sharerOf, tasksOf } from './managed';
export type { TaskRole } from './managed';
export { POLICY_LIMITS, distribute, sizeOf, sizeProblems } from './policy-sizes';
export { nameByPath } from './name-tag';
export { accessPointArnOf, bucketArnOf, isArnOf, isNamedEverywhere, roleArnOf } from './portable-arns';
export { RequiredPolicyKind, requiredPoliciesOf } from './required-policy';
export type { RequiredPolicy } from './required-policy';
export { isConcrete, withoutTokens } from './tokens';
export {
  differ,
  isOwnedBy,
  otherPartitionProblems,
  otherRegionProblems,
  otherVpcProblems,
  otherZoneProblems,
  zoneOf,
} from './whereabouts';
