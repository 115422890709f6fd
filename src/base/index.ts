export { AWS_DOMAINS } from './aws-domains';
export { DECLARED_ACCESS } from './declared-access';
export type {
  DeclaredAccess,
  DeclaredAwsOwned,
  DeclaredBucket,
  DeclaredGrant,
  DeclaredOnPremisesRole,
  DeclaredTaskRole,
} from './declared-access';
export { DECLARED_VISITORS } from './declared-visitors';
export type { DeclaredVisitor, DeclaredVisitors } from './declared-visitors';
export { domainPattern, isOpenToAnybody, isWithin } from './domain-names';
export type { DomainPattern } from './domain-names';
export { memoize } from './memoize';
export { reverseZonesOf } from './reverse-zones';
export { describe, isRefusal, refuse } from './refusal';
export type { Problem } from './refusal';
export { S3_PREFIX_LISTS } from './s3-prefix-lists';
