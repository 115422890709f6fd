export { Compute } from './compute/compute';
export type { ComputeResources } from './compute/compute';
export type { FleetOptions, MixedInstances } from './compute/fleet-options';
export type { InstanceOptions } from './compute/instance-options';
export { AwsOwnedBucket } from './access/aws-owned-bucket';
export type { CustomAwsOwnedBucketOptions } from './access/custom-aws-owned-bucket';
export type {
  ExistingInterfaceEndpointOptions,
  GatewayEndpointOptions,
  InterfaceEndpointOptions,
} from './endpoint/endpoint-options';
export { EndpointService } from './endpoint/endpoint-service';
export type { ServiceEndpointOptions } from './endpoint/endpoint-service';
export { OnPremisesAccess } from './endpoint/on-premises-access';
export type { OnPremisesAccessOptions } from './endpoint/on-premises-access';
export { S3EndpointMode } from './endpoint/s3-endpoint-mode';
export { BucketAccess } from './access/bucket-access';
export type { BucketAccessOptions } from './access/bucket-access-options';
export type { IPrivateEc2S3Access, IS3Endpoint } from './access/workload';
export { DnsFirewall } from './network/dns-firewall';
export type { DnsFirewallOptions } from './network/dns-firewall-options';
export type { DeclarativeEc2Guardrails } from './organization/declarative-ec2-guardrails';
export { Guardrail } from './organization/guardrail';
export type { ResourceControlGuardrails } from './organization/resource-control-guardrails';
export type { ServiceControlGuardrails } from './organization/service-control-guardrails';
export { WorkloadsOuGuardrails } from './organization/workloads-ou-guardrails';
export type { WorkloadsOuGuardrailsProps } from './organization/workloads-ou-guardrails-props';
export type { OrganizationBoundary } from './access/organization-boundary';
export { PerimeterExemption } from './access/perimeter-exemption';
export { RequiredPolicyKind } from './private/required-policy';
export type { RequiredPolicy } from './private/required-policy';
export { PrivateEc2S3Access } from './private-ec2-s3-access';
export type { PrivateEc2S3AccessProps } from './private-ec2-s3-access-props';
export { InstanceConnectProtocol } from './remote-access/instance-connect';
export type { InstanceConnectOptions } from './remote-access/instance-connect';
export { RemoteAccess } from './remote-access/remote-access';
export type { RemoteAccessResources } from './remote-access/remote-access-context';
export type { SessionManagerEndpoints, SessionManagerOptions } from './remote-access/session-manager-options';
export { DataBucketPolicy } from './storage/data-bucket-policy';
export type { DataBucketPolicyProps } from './storage/data-bucket-policy';
export { DataBucketSource } from './storage/data-bucket-source';
export type { NewDataBucketProps } from './storage/data-bucket-options';
export type { ExistingDataBucketProps } from './storage/data-bucket-source';
export { DataEncryption } from './storage/data-encryption';
export { RemoteWorkload } from './storage/remote-workload';
export type { RemoteWorkloadAttributes } from './storage/remote-workload';
export type { TaggedWorkloadsAttributes } from './storage/tagged-workloads';
