export { assetProblems, inOrder } from './access-grant';
export type { AccessGrant, AssetGrant } from './access-grant';
export { ACCESS_LIST, ACCESS_LIST_FIELDS, AccessList } from './access-list';
export type { AccessListProps } from './access-list';
export { ACCESS_POINT_NAME } from './access-point-name';
export type { AwsOwnedAccess } from './aws-owned-access';
export { AwsOwnedBucket } from './aws-owned-bucket';
export type { AccessLine } from './access-line';
export { ACCESSES, BucketAccess } from './bucket-access';
export { declareAccess } from './declare-access';
export { deploymentRoleArns } from './deployment-roles';
export { ACCOUNT_ID, ORGANIZATION, ORGANIZATION_ID, outsideAccountsProblems } from './organization-boundary';
export type { OrganizationBoundary } from './organization-boundary';
export { KEY_PREFIX } from './key-prefix';
export {
  EXEMPTIONS,
  PerimeterExemption,
  rolePartitionProblems,
  exemptRoleProblems,
  partitionProblems,
} from './perimeter-exemption';
export { BUCKET_OWNER_ACL, BUCKET_OWNER_ACTION, PREFIX_CONDITION_ACTIONS } from './s3-actions';
export { WORKLOAD } from './workload';
export type { IPrivateEc2S3Access, IS3Endpoint } from './workload';
