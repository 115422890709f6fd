export { wayThrough } from './access-points';
export { witness } from './constants';
export { exemptionsOf } from './exemptions';
export { proofInputsOf } from './from-model';
export { EXTERNAL_ACCOUNT, deployersOf } from './principals';
export { policiesOf } from './proof-input';
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
export { CLAIMS } from './property-check';
export type { ClaimName, ClaimResult, Counterexample } from './property-check';
export { prove } from './prove';
export type { Proof, ProofOptions } from './prove';
