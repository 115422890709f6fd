export { wayThrough } from './access-points';
export { BROKEN_SENTENCES } from './broken-sentences';
export { witness } from './constants';
export { exemptionsOf } from './exemptions';
export { proofInputsOf } from './from-model';
export { deployersOf } from './principals';
export { policiesOf } from './proof-input';
export { EXTERNAL_ACCOUNT } from './strangers';
export type {
  AwsOwnedInput,
  BucketInput,
  DeliveryInput,
  EncryptionInput,
  EndpointInput,
  GrantInput,
  KeyInput,
  LogBucketInput,
  ProofInput,
  RoleInput,
  ServiceEndpointInput,
} from './proof-input';
export { PROPERTIES } from './properties';
export type { Counterexample, NotProven, Outcome, PropertyResult } from './property-check';
export { CLAIM_METADATA } from './claim-metadata';
export type { ClaimName } from './claim-metadata';
export { claimOf, PROPERTY_METADATA } from './property-metadata';
export type { Metadata, PropertyId } from './property-metadata';
export { prove } from './prove';
export type { Proof, ProofOptions } from './prove';
export { unknownPoliciesOf, unreadPartsOf, unreadPlace } from './unread';
export { automaton, pattern } from './texts/automaton';
export { cellsOf } from './texts/cells';
