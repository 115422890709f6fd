export { DECLARED_ACCESS } from './declared-access';
export type {
  DeclaredAccess,
  DeclaredAwsOwned,
  DeclaredBucket,
  DeclaredGrant,
  DeclaredOnPremisesRole,
} from './declared-access';
export { DECLARED_VISITORS } from './declared-visitors';
export type { DeclaredVisitor, DeclaredVisitors } from './declared-visitors';
export { memoize } from './memoize';
export { describe, isRefusal, refuse } from './refusal';
export type { Problem } from './refusal';
export { S3_PREFIX_LISTS } from './s3-prefix-lists';
