export { AccessList } from './access-list';
export type { AccessGrant, AssetGrant } from './access-list';
export { accessPointNameProblems } from './access-point-name';
export type { AwsOwnedAccess } from './aws-owned-access';
export { AwsOwnedBucket } from './aws-owned-bucket';
export { BucketAccess, keyPrefixProblems } from './bucket-access';
export { declareAccess } from './declare-access';
export { deploymentRoleArns } from './deployment-roles';
export {
  accountProblems,
  organizationIdProblems,
  organizationProblems,
  outsideAccountsProblems,
} from './organization-boundary';
export type { OrganizationBoundary } from './organization-boundary';
export { PerimeterExemption } from './perimeter-exemption';
export { PREFIX_CONDITION_ACTIONS } from './s3-actions';
