import { VpcEndpointDnsRecordIpType, VpcEndpointIpAddressType } from 'aws-cdk-lib/aws-ec2';
import { Problem } from '../private';

/** How an endpoint is addressed, and what its names resolve to. */
export interface EndpointAddress {
  readonly ipAddressType?: VpcEndpointIpAddressType;
  readonly dnsRecordIpType?: VpcEndpointDnsRecordIpType;
}

const { IPV4, IPV6, DUALSTACK } = VpcEndpointIpAddressType;
const RECORDS = VpcEndpointDnsRecordIpType;
const EVERY = [RECORDS.DUALSTACK, RECORDS.IPV4, RECORDS.IPV6, RECORDS.SERVICE_DEFINED];

/** The records that S3 has for an endpoint with such addresses; those of its kind by default. */
const SUPPORTED: Readonly<
  Record<'gateway' | 'interface', Readonly<Record<VpcEndpointIpAddressType, readonly VpcEndpointDnsRecordIpType[]>>>
> = {
  gateway: {
    [IPV4]: [RECORDS.IPV4, RECORDS.SERVICE_DEFINED],
    [IPV6]: [RECORDS.IPV6, RECORDS.SERVICE_DEFINED],
    [DUALSTACK]: EVERY,
  },
  interface: { [IPV4]: [RECORDS.IPV4], [IPV6]: [RECORDS.IPV6], [DUALSTACK]: EVERY },
};

/** What is wrong with the records of an endpoint. */
export function addressProblems(
  kind: 'gateway' | 'interface',
  { ipAddressType = IPV4, dnsRecordIpType }: EndpointAddress,
): Problem[] {
  const supported = SUPPORTED[kind][ipAddressType];
  return dnsRecordIpType === undefined || supported.includes(dnsRecordIpType)
    ? []
    : [
        {
          prop: 'dnsRecordIpType',
          got: dnsRecordIpType,
          allowed: `${supported.join(', ')} for ${kind} endpoints with the ipAddressType ${ipAddressType}`,
          fix: 'leave it out, or choose the ipAddressType dualstack',
        },
      ];
}

/** Whether an endpoint has IPv6 addresses. */
export function hasIpv6({ ipAddressType = IPV4 }: EndpointAddress): boolean {
  return ipAddressType !== IPV4;
}

/** Whether requests may arrive over IPv6: the names of S3 have such records, if only the dual-stack names. */
export function isReachedOverIpv6(address: EndpointAddress): boolean {
  return hasIpv6(address) && address.dnsRecordIpType !== RECORDS.IPV4;
}
