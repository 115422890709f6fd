export type { ClaimName, ClaimResult, Counterexample } from './claim';
export { subjectsOf } from './from-model';
export { prove } from './prove';
export type { Proof, ProofOptions } from './prove';
export type {
  AwsOwnedSubject, BucketSubject, DeliverySubject, EncryptionSubject, EndpointSubject, GrantSubject, KeySubject, LogBucketSubject,
  ProofSubject, RoleSubject,
  ServiceEndpointSubject,
} from './subject';
