export { DECLARED_ACCESS } from './declared-access';
export type {
  DeclaredAccess,
  DeclaredAwsOwned,
  DeclaredBucket,
  DeclaredGrant,
  DeclaredOnPremisesRole,
} from './declared-access';
export { memoize } from './memoize';
export { Refusal, describe, refuse } from './refusal';
export type { Problem } from './refusal';
