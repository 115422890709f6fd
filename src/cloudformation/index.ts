export type { Acknowledgement } from './acknowledgements';
export { BROKEN_FILE, readAssembly, templateFilesIn } from './assembly';
export type { ReadOptions } from './assembly';
export type { AssumedComparison } from './conditions';
export { isBelow } from './construct-paths';
export type {
  AccessPointModel,
  AssemblyModel,
  BucketModel,
  DeclarationModel,
  DeliveryModel,
  EndpointModel,
  GrantedModel,
  GuardrailModel,
  KeyModel,
  NetworkAclEntryModel,
  NetworkAclModel,
  NetworkInterfaceModel,
  PlacedText,
  PolicyPart,
  RelayModel,
  RoleModel,
  RouteModel,
  RouteTableModel,
  RuleModel,
  SecurityGroupModel,
  SubnetModel,
  VpcModel,
  WorkloadModel,
} from './model';
export { modelOf, modelsOf } from './models';
export type { Environment } from './resolution';
export { resolvedAssemblies } from './resolved-assembly';
export type { ResolvedAssembly, ResolvedResource } from './resolved-assembly';
export { nameOf } from './resource-index';
export { isAwsManaged } from './aws-managed-policies';
export { isSymbolic, nameSymbol, symbolsIn } from './symbols';
export { readData } from './template-file';
export type { ResourceRef, StackTemplate, Unresolved } from './template-location';
