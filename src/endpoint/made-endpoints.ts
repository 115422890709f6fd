import {
  CfnVPCEndpoint,
  GatewayVpcEndpointAwsService,
  ISecurityGroup,
  ISubnet,
  IVpc,
  InterfaceVpcEndpointAwsService,
  SecurityGroup,
  VpcEndpointIpAddressType,
} from 'aws-cdk-lib/aws-ec2';
import { PolicyDocument } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { GatewayEndpointOptions, InterfaceEndpointOptions } from './endpoint-options';
import { nameByPath } from '../private';

/** What both kinds of endpoints have. */
export interface MadeEndpoint {
  readonly vpc: IVpc;
  /** Those whose route tables lead to it, or that have an address of it. */
  readonly subnets: readonly ISubnet[];
  readonly policy: PolicyDocument;
}

/** A gateway endpoint in the route tables of the subnets. */
export function makeGateway(
  parent: Construct,
  { vpc, subnets, policy }: MadeEndpoint,
  options: GatewayEndpointOptions,
): CfnVPCEndpoint {
  const { dnsRecordIpType } = options;
  return named(
    new CfnVPCEndpoint(parent, 'Gateway', {
      vpcEndpointType: 'Gateway',
      vpcId: vpc.vpcId,
      serviceName: GatewayVpcEndpointAwsService.S3.name,
      routeTableIds: [...new Set(subnets.map(({ routeTable }) => routeTable.routeTableId))],
      policyDocument: policy,
      ipAddressType: addressType(options),
      dnsOptions: dnsRecordIpType && { dnsRecordIpType },
    }),
  );
}

/** An interface endpoint with an address in each of the subnets. */
export function makeInterface(
  parent: Construct,
  { vpc, subnets, policy }: MadeEndpoint,
  options: InterfaceEndpointOptions,
  securityGroups: readonly ISecurityGroup[],
): CfnVPCEndpoint {
  const { serviceRegion, fips = false, privateDnsEnabled = true, singleAz, dnsRecordIpType } = options;
  const gateway = serviceRegion === undefined && !fips ? parent.node.tryFindChild('Gateway') : undefined;
  const resolvers = gateway === undefined ? 'AllResolvers' : 'OnlyInboundResolver';
  const endpoint = named(
    new CfnVPCEndpoint(parent, 'Interface', {
      vpcEndpointType: 'Interface',
      vpcId: vpc.vpcId,
      serviceName: serviceName(options),
      serviceRegion,
      subnetIds: subnets.slice(0, singleAz ? 1 : undefined).map(({ subnetId }) => subnetId),
      securityGroupIds: securityGroups.map(({ securityGroupId }) => securityGroupId),
      privateDnsEnabled,
      ipAddressType: addressType(options),
      dnsOptions: dnsOptions(dnsRecordIpType, privateDnsEnabled && !fips ? resolvers : undefined),
      policyDocument: policy,
    }),
  );
  // private DNS for inbound resolvers only is refused while there is no gateway endpoint
  if (gateway !== undefined) {
    endpoint.node.addDependency(gateway);
  }
  return endpoint;
}

function serviceName({ serviceRegion, fips = false }: InterfaceEndpointOptions): string {
  return serviceRegion === undefined
    ? new InterfaceVpcEndpointAwsService(fips ? 's3-fips' : 's3').name
    : serviceIn(serviceRegion);
}

/** EC2 takes the choice of resolvers for services with gateway endpoints only: those of FIPS have none. */
function dnsOptions(
  dnsRecordIpType: string | undefined,
  privateDnsOnlyForInboundResolverEndpoint: string | undefined,
): CfnVPCEndpoint.DnsOptionsSpecificationProperty | undefined {
  return dnsRecordIpType === undefined && privateDnsOnlyForInboundResolverEndpoint === undefined
    ? undefined
    : { dnsRecordIpType, privateDnsOnlyForInboundResolverEndpoint };
}

/** A security group that lets nobody in by itself. */
export function makeSecurityGroup(parent: Construct, vpc: IVpc): ISecurityGroup {
  return new SecurityGroup(parent, 'SecurityGroup', {
    vpc,
    description: 'S3 interface endpoint: HTTPS from the workload',
    allowAllOutbound: false,
    disableInlineRules: false,
  });
}

/**
 * The name of S3 in another Region, as cross-Region endpoints have it.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-cross-region-privatelink-support.html
 */
function serviceIn(region: string): string {
  return `${region.startsWith('cn-') ? 'cn.' : ''}com.amazonaws.${region}.s3`;
}

/** IPv4 is what EC2 takes without a word. */
function addressType({ ipAddressType }: GatewayEndpointOptions): string | undefined {
  return ipAddressType === VpcEndpointIpAddressType.IPV4 ? undefined : ipAddressType;
}

function named(endpoint: CfnVPCEndpoint): CfnVPCEndpoint {
  nameByPath(endpoint);
  return endpoint;
}
