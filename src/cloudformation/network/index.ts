export { hasElasticAddress, interfacesOf } from './interfaces';
export { defaultGroupOf, securityGroupNamed } from './security-groups';
export { subnetNamed, vpcNamed } from './subnets';
export { serviceNetworksOf } from './service-networks';
