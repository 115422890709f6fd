import type { ClaimName } from './property-check';

export type { ClaimName, ClaimResult, Counterexample } from './property-check';
export { proofInputsOf } from './from-model';
export { prove } from './prove';
export type { Proof, ProofOptions } from './prove';
export type {
  AwsOwnedInput, BucketInput, DeliveryInput, EncryptionInput, EndpointInput, GrantInput, KeyInput, LogBucketInput,
  ProofInput, RoleInput,
  ServiceEndpointInput,
} from './proof-input';

/** The names of the claims: each has a file of that name. */
export const CLAIMS: readonly ClaimName[] = ['works', 'closed', 'no-way-out', 'encrypted', 'bound', 'not-locked-out', 'guarded', 'no-dead-statement'];
