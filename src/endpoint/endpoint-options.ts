import {
  IPrefixList,
  ISecurityGroup,
  IVpc,
  SubnetSelection,
  VpcEndpointDnsRecordIpType,
  VpcEndpointIpAddressType,
} from 'aws-cdk-lib/aws-ec2';

/** What a gateway endpoint is like. */
export interface GatewayEndpointOptions {
  /**
   * The addresses of the endpoint. The subnets must have addresses of the same kind: EC2 refuses others. The VPC that
   * the construct makes has IPv4 only.
   *
   * @default VpcEndpointIpAddressType.IPV4
   * @see
   * https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html#privatelink-ip-address-types
   */
  readonly ipAddressType?: VpcEndpointIpAddressType;

  /**
   * The records that the names of S3 resolve to in the VPC. Anything but the default needs DNS support and DNS host
   * names in the VPC.
   *
   * @default VpcEndpointDnsRecordIpType.SERVICE_DEFINED: IPv4, and for the dual-stack names of S3 IPv6 too where the
   * endpoint has it
   * @see
   * https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html#privatelink-dns-record-types
   */
  readonly dnsRecordIpType?: VpcEndpointDnsRecordIpType;

  /**
   * The IPv6 prefix list of S3 in this Region, as the target of egress over IPv6. Required in a VPC with other routes
   * out, if the endpoint has IPv6 addresses.
   *
   * @default - any IPv6 address that the routes reach, if the endpoint has IPv6 addresses
   */
  readonly ipv6PrefixList?: IPrefixList;
}

/** What an interface endpoint is like. */
export interface InterfaceEndpointOptions {
  /**
   * The addresses of the endpoint. The subnets must have addresses of the same kind: EC2 refuses others. The VPC that
   * the construct makes has IPv4 only.
   *
   * @default VpcEndpointIpAddressType.IPV4
   * @see
   * https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html#privatelink-ip-address-types
   */
  readonly ipAddressType?: VpcEndpointIpAddressType;

  /**
   * The records that the names of S3 resolve to.
   *
   * @default - those of the kind of its addresses
   * @see
   * https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html#privatelink-dns-record-types
   */
  readonly dnsRecordIpType?: VpcEndpointDnsRecordIpType;

  /**
   * Whether it leads to the FIPS endpoints of S3: to cryptographic modules that are validated by FIPS 140-3, in the
   * Regions of the United States, Canada and AWS GovCloud (US). Only the FIPS names of S3 resolve to it
   * (`s3-fips.<region>.amazonaws.com`), so the machines must ask for these: set `AWS_USE_FIPS_ENDPOINT=true` in their
   * environment. In `gatewayAndInterface` the VPC asks for them, too, and all other names lead to the gateway.
   *
   * @default false
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html
   * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-endpoints.html
   */
  readonly fips?: boolean;

  /**
   * Whether the S3 names of the endpoint's Region resolve to it. Without, requests must name the endpoint:
   * `bucket.vpce-....s3.<region>.vpce.amazonaws.com`, or `s3-fips` in place of `s3`.
   *
   * @default true
   */
  readonly privateDnsEnabled?: boolean;

  /**
   * The security groups of the endpoint. They get a rule for HTTPS from the workload.
   *
   * @default - a new one, which lets HTTPS in from the workload only
   */
  readonly securityGroups?: ISecurityGroup[];

  /**
   * The Region whose S3 the endpoint leads to, if it is another one of the same partition. Whoever deploys it needs
   * `vpce:AllowMultiRegion`. Credential binding must be off: AWS does not say that its keys are sent across Regions.
   *
   * @default - the Region of the stack
   * @see https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-cross-region-privatelink-support.html
   */
  readonly serviceRegion?: string;

  /**
   * Whether there is one address only, in the first of the subnets. It costs less and fails with its Availability Zone.
   *
   * @default false: one in each Availability Zone
   */
  readonly singleAz?: boolean;

  /**
   * The subnets with the addresses of the endpoint, one in each Availability Zone.
   *
   * @default - the subnets of the workload
   */
  readonly subnets?: SubnetSelection;
}

/** Where an existing interface endpoint is. */
export interface ExistingInterfaceEndpointOptions {
  /**
   * The VPC of the endpoint, if it is another one that the workload's is connected with, such as a hub. Names must
   * resolve to the endpoint in the workload's VPC, and routes must lead there. Credential binding must be off: the
   * requests carry the id of the hub.
   *
   * @default - the VPC of the workload
   */
  readonly vpc?: IVpc;
}
