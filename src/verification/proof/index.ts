export type { ClaimName, ClaimResult, Counterexample } from './claim';
export { prove } from './prove';
export type { Proof, ProofOptions } from './prove';
export type {
  BucketSubject, DeliverySubject, EncryptionSubject, EndpointSubject, GrantSubject, KeySubject, LogBucketSubject, ProofSubject, RoleSubject,
  ServiceEndpointSubject,
} from './subject';
