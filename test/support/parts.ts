/** The parts that a workload is made of, which users do not see. */
export { AccessList } from '../../src/access';
export type { AccessGrant, AccessListProps, AssetGrant } from '../../src/access';
export { PrivateFleet } from '../../src/compute/private-fleet';
export type { PrivateFleetProps } from '../../src/compute/private-fleet';
export { PrivateInstance } from '../../src/compute/private-instance';
export type { PrivateInstanceProps } from '../../src/compute/private-instance';
export type { WorkloadPlacement } from '../../src/compute/workload-placement';
export { S3Endpoint } from '../../src/endpoint';
export type { S3EndpointProps } from '../../src/endpoint/s3-endpoint';
export { WorkloadRole } from '../../src/identity';
export type { WorkloadRoleProps } from '../../src/identity/workload-role';
export { PrivateNetwork } from '../../src/network';
export type { PrivateNetworkProps } from '../../src/network/private-network';
export { DataBucket } from '../../src/storage/data-bucket';
export type { DataBucketProps } from '../../src/storage/data-bucket';
export { DataKey } from '../../src/storage/data-key';
export type { DataKeyProps } from '../../src/storage/data-key';
