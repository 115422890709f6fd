const MODES = 'test/endpoint/endpoint-modes.test.ts';
const FLEET = 'test/compute/private-fleet.test.ts';
const MACHINE = 'test/compute/machine.test.ts';
const NAMES = 'test/network/dns-firewall.test.ts';
const TAGGED = 'test/storage/tagged-workloads.test.ts';

/**
 * Options that have no bearing on who may do what, or whose requests have a tag of the role; and the tests that say
 * what they do.
 */
export const ELSEWHERE: Readonly<Record<string, string>> = {
  'NewDataBucketProps.noncurrentVersionExpiration': 'test/storage/data-bucket.test.ts',
  'DnsFirewall.listedDomains': NAMES,
  'DnsFirewallOptions.additionalDomains': NAMES,
  'DnsFirewallOptions.priority': NAMES,
  'FleetOptions.capacityRebalance': FLEET,
  'FleetOptions.defaultInstanceWarmup': FLEET,
  'FleetOptions.healthChecks': FLEET,
  'FleetOptions.maxCapacity': FLEET,
  'FleetOptions.minCapacity': FLEET,
  'FleetOptions.mixedInstances': FLEET,
  'FleetOptions.updatePolicy': FLEET,
  'GatewayEndpointOptions.dnsRecordIpType': MODES,
  'GatewayEndpointOptions.ipAddressType': MODES,
  'GatewayEndpointOptions.ipv6PrefixList': MODES,
  'InstanceOptions.httpPutResponseHopLimit': 'test/compute/compute.test.ts',
  'InstanceOptions.instanceType': MACHINE,
  'InstanceOptions.machineImage': MACHINE,
  'InstanceOptions.rootDeviceName': MACHINE,
  'InstanceOptions.rootVolumeSize': MACHINE,
  'InstanceOptions.userData': MACHINE,
  'InstanceOptions.userDataCausesReplacement': 'test/compute/private-instance.test.ts',
  'InterfaceEndpointOptions.dnsRecordIpType': MODES,
  'InterfaceEndpointOptions.fips': 'test/endpoint/fips-endpoints.test.ts',
  'InterfaceEndpointOptions.ipAddressType': MODES,
  'InterfaceEndpointOptions.privateDnsEnabled': MODES,
  'InterfaceEndpointOptions.singleAz': MODES,
  'InterfaceEndpointOptions.subnets': MODES,
  'MixedInstances.instanceTypes': FLEET,
  'MixedInstances.instancesDistribution': FLEET,
  'PrivateEc2S3AccessProps.dnsFirewall': NAMES,
  'PrivateEc2S3AccessProps.ipAddresses': 'test/network/private-network.test.ts',
  'PrivateEc2S3AccessProps.maxAzs': 'test/network/private-network.test.ts',
  'PrivateEc2S3AccessProps.proveAtSynthesis': 'test/analysis/validation-plugin.test.ts',
  'RemoteWorkload.fromPrincipalTag': TAGGED,
  'TaggedWorkloadsAttributes.access': TAGGED,
  'TaggedWorkloadsAttributes.accounts': TAGGED,
  'TaggedWorkloadsAttributes.organization': TAGGED,
  'TaggedWorkloadsAttributes.rolePath': TAGGED,
  'TaggedWorkloadsAttributes.tagKey': TAGGED,
  'TaggedWorkloadsAttributes.vpcEndpointIds': TAGGED,
};
