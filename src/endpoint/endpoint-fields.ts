import { VpcEndpointDnsRecordIpType, VpcEndpointIpAddressType } from 'aws-cdk-lib/aws-ec2';
import { addressProblems } from './endpoint-address';
import { ExistingInterfaceEndpointOptions, GatewayEndpointOptions, InterfaceEndpointOptions } from './endpoint-options';
import {
  FLAG,
  Fields,
  PREFIX_LIST,
  Rule,
  SECURITY_GROUP,
  SUBNETS,
  VPC,
  choice,
  listOf,
  optional,
  text,
} from '../private';

const ADDRESS_FIELDS = {
  ipAddressType: optional(choice('VpcEndpointIpAddressType', VpcEndpointIpAddressType)),
  dnsRecordIpType: optional(choice('VpcEndpointDnsRecordIpType', VpcEndpointDnsRecordIpType)),
};

/** What a gateway endpoint is like. */
export const GATEWAY_FIELDS: Fields<GatewayEndpointOptions> = {
  ...ADDRESS_FIELDS,
  ipv6PrefixList: optional(PREFIX_LIST),
};

/** The records of a gateway endpoint. */
export const GATEWAY_RECORDS: Rule<GatewayEndpointOptions> = {
  reads: ['ipAddressType', 'dnsRecordIpType'],
  problems: options => addressProblems('gateway', options),
};

/** What an interface endpoint is like. */
export const INTERFACE_FIELDS: Fields<InterfaceEndpointOptions> = {
  ...ADDRESS_FIELDS,
  fips: optional(FLAG),
  privateDnsEnabled: optional(FLAG),
  securityGroups: optional(listOf(SECURITY_GROUP, 'one security group or more', 'leave it out for one of its own')),
  serviceRegion: optional(
    text({
      allowed: 'the name of a Region, such as eu-central-1',
      fix: 'write the Region of the buckets',
      pattern: /^[a-z]{2,4}(-[a-z]+)+-\d$/,
      isKnown: true,
    }),
  ),
  singleAz: optional(FLAG),
  subnets: optional(SUBNETS),
};

/** The records of an interface endpoint. */
export const INTERFACE_RECORDS: Rule<InterfaceEndpointOptions> = {
  reads: ['ipAddressType', 'dnsRecordIpType'],
  problems: options => addressProblems('interface', options),
};

/** Where an existing interface endpoint is. */
export const HUB_FIELDS: Fields<ExistingInterfaceEndpointOptions> = { vpc: optional(VPC) };
