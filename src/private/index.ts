export { ACCEPTED, ZONES_OF_THE_SUBNETS, accept, acceptedWildcards } from './accepted-findings';
export { announce, warnWhenComplete } from './announce';
export * from './checks';
export { DECLARED_ACCESS } from './declared-access';
export type {
  DeclaredAccess,
  DeclaredAwsOwned,
  DeclaredBucket,
  DeclaredGrant,
  DeclaredOnPremisesRole,
} from './declared-access';
export { DerivedPolicyDocument } from './derived-policy-document';
export { Refusal, describe, refuse, unless } from './errors';
export type { Problem } from './errors';
export { managerOf, markManaged, markShared, sharerOf } from './managed';
export { POLICY_LIMITS, distribute, sizeOf, sizeProblems } from './policy-sizes';
export { accessPointArnOf, bucketArnOf, isNamedEverywhere, roleArnOf } from './portable-arns';
export { isConcrete, withoutTokens } from './tokens';
export { differ, otherPartitionProblems, otherRegionProblems, otherVpcProblems } from './whereabouts';
