export { hasElasticAddress, interfacesOf } from './interfaces';
export { relaysOf } from './relays';
export { defaultGroupOf, securityGroupNamed } from './security-groups';
export { subnetNamed, vpcNamed } from './subnets';
export { serviceNetworksOf } from './service-networks';
