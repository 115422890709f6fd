const MODES = 'test/endpoint/endpoint-modes.test.ts';
const FLEET = 'test/compute/private-fleet.test.ts';
const MACHINE = 'test/compute/machine.test.ts';

/** Options that have no bearing on who may do what, and the tests that say what they do. */
export const ELSEWHERE: Readonly<Record<string, string>> = {
  'DataBucketOptions.noncurrentVersionExpiration': 'test/storage/data-bucket.test.ts',
  'EndpointAddressOptions.ipAddressType': MODES,
  'FleetOptions.capacityRebalance': FLEET,
  'FleetOptions.defaultInstanceWarmup': FLEET,
  'FleetOptions.maxCapacity': FLEET,
  'FleetOptions.minCapacity': FLEET,
  'FleetOptions.mixedInstances': FLEET,
  'FleetOptions.updatePolicy': FLEET,
  'GatewayEndpointOptions.dnsRecordIpType': MODES,
  'GatewayEndpointOptions.ipv6PrefixList': MODES,
  'InstanceOptions.httpPutResponseHopLimit': 'test/compute/compute.test.ts',
  'InstanceOptions.instanceType': MACHINE,
  'InstanceOptions.machineImage': MACHINE,
  'InstanceOptions.rootDeviceName': MACHINE,
  'InstanceOptions.rootVolumeSize': MACHINE,
  'InstanceOptions.userData': MACHINE,
  'InterfaceEndpointOptions.dnsRecordIpType': MODES,
  'InterfaceEndpointOptions.privateDnsEnabled': MODES,
  'InterfaceEndpointOptions.singleAz': MODES,
  'InterfaceEndpointOptions.subnets': MODES,
  'MixedInstances.instanceTypes': FLEET,
  'MixedInstances.instancesDistribution': FLEET,
  'PrivateEc2S3AccessProps.proveAtSynthesis': 'test/verification/validation-plugin.test.ts',
};
