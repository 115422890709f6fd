import { isTrue, textOf, textsOf, valueAt } from './json';
import type { EndpointModel } from './model';
import { defaultGroupOf, securityGroupNamed, subnetNamed } from './network';
import type { ResolvedResource } from './resolved-assembly';
import { ResourceIndex, nameOf, refTo } from './resource-index';

/** S3 by its usual names, and what else serves its requests by names of its own. */
const S3_SERVICE = /^(cn\.)?com\.amazonaws\.(.+)\.s3$/;

/**
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiRegionAccessPointsPrivateLink.html
 */
const S3_BY_OTHER_NAMES = /^(cn\.)?com\.amazonaws\.(.+\.s3-fips|s3-global\.accesspoint)$/;

/** The VPC endpoints of an assembly, those of other services included. */
export function endpointsOf(index: ResourceIndex): EndpointModel[] {
  return index.ofType('AWS::EC2::VPCEndpoint').map(each => endpointOf(each, index));
}

function endpointOf(resource: ResolvedResource, index: ResourceIndex): EndpointModel {
  const { properties, ref } = resource;
  const service = textOf(properties.ServiceName) ?? '';
  return {
    id: ref,
    where: refTo(resource),
    kind: kindOf(textOf(properties.VpcEndpointType) ?? 'Gateway'),
    service,
    isS3: S3_SERVICE.test(service) || S3_BY_OTHER_NAMES.test(service),
    hasOtherNames: S3_BY_OTHER_NAMES.test(service),
    serviceRegion: otherRegion(textOf(properties.ServiceRegion), resource),
    usesIpv6: usesIpv6(resource),
    addressType: addressTypeOf(resource),
    vpcId: textOf(properties.VpcId) ?? '',
    routeTableIds: textsOf(properties.RouteTableIds),
    subnetIds: textsOf(properties.SubnetIds),
    subnets: textsOf(properties.SubnetIds).map(id => subnetNamed(id, index)),
    securityGroups: groupsOf(resource, index).map(id => securityGroupNamed(id, index)),
    privateDns: privateDnsOf(resource),
    policy: index.policy(
      resource,
      'PolicyDocument',
      properties.PolicyDocument,
      `endpoint policy of ${nameOf(resource)}`,
    ),
  };
}

function otherRegion(region: string | undefined, { environment }: ResolvedResource): string | undefined {
  return region === environment.region ? undefined : region;
}

/**
 * Names of S3 have IPv6 records, if only the dual-stack names, unless the endpoint has no such address or is told to
 * have IPv4 records only.
 */
function usesIpv6({ properties }: ResolvedResource): boolean {
  return (
    /^(ipv6|dualstack)$/i.test(textOf(properties.IpAddressType) ?? '') &&
    textOf(valueAt(properties.DnsOptions, 'DnsRecordIpType')) !== 'ipv4'
  );
}

/** Without a group of its own, an interface endpoint has the default one of its VPC, where that is in the assembly. */
function groupsOf({ properties }: ResolvedResource, index: ResourceIndex): string[] {
  const own = textsOf(properties.SecurityGroupIds);
  const vpc = index.named('AWS::EC2::VPC', textOf(properties.VpcId));
  const isInterface = textOf(properties.VpcEndpointType)?.toLowerCase() === 'interface';
  return own.length === 0 && isInterface && vpc !== undefined ? [defaultGroupOf(vpc.ref)] : own;
}

function addressTypeOf({ properties }: ResolvedResource): EndpointModel['addressType'] {
  const type = textOf(properties.IpAddressType)?.toLowerCase();
  return type === 'ipv6' || type === 'dualstack' ? type : 'ipv4';
}

function kindOf(type: string): EndpointModel['kind'] {
  const kind = type.toLowerCase();
  return kind === 'gateway' || kind === 'interface' ? kind : 'other';
}

/**
 * Besides a gateway endpoint, an interface endpoint for S3 may answer to the look-ups of other networks only; then
 * the VPC uses the gateway.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html#private-dns
 */
function privateDnsOf({ properties }: ResolvedResource): EndpointModel['privateDns'] {
  if (!isTrue(properties.PrivateDnsEnabled)) {
    return 'nobody';
  }
  const onlyInbound = textOf(valueAt(properties.DnsOptions, 'PrivateDnsOnlyForInboundResolverEndpoint'));
  return onlyInbound === 'OnlyInboundResolver' ? 'other networks only' : 'the VPC';
}
