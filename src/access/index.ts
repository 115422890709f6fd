export { ACCESS_LIST, ACCESS_LIST_FIELDS, AccessList, assetProblems } from './access-list';
export type { AccessGrant, AccessListProps, AssetGrant } from './access-list';
export { ACCESS_POINT_NAME } from './access-point-name';
export type { AwsOwnedAccess } from './aws-owned-access';
export { AwsOwnedBucket } from './aws-owned-bucket';
export { ACCESSES, BucketAccess, KEY_PREFIX } from './bucket-access';
export { declareAccess } from './declare-access';
export { deploymentRoleArns } from './deployment-roles';
export { ACCOUNT_ID, ORGANIZATION, ORGANIZATION_ID, outsideAccountsProblems } from './organization-boundary';
export type { OrganizationBoundary } from './organization-boundary';
export {
  EXEMPTIONS,
  PerimeterExemption,
  rolePartitionProblems,
  exemptRoleProblems,
  partitionProblems,
} from './perimeter-exemption';
export { PREFIX_CONDITION_ACTIONS } from './s3-actions';
