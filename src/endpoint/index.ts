export { hasIpv6 } from './endpoint-address';
export type { GatewayEndpointOptions } from './endpoint-options';
export { endpointProblems, sharedProblems } from './endpoint-problems';
export { knownAddressProblems } from './known-addresses';
export { warnNeighbours } from './neighbours';
export { ON_PREMISES, OnPremisesAccess, OnPremisesRole, onPremisesProblems } from './on-premises-access';
export { MODE, S3EndpointMode } from './s3-endpoint-mode';
export { S3Endpoint, S3_ENDPOINT } from './s3-endpoint';
export { ISOLATED, hasOtherRoutes, subnetProblems, zoneProblems } from './subnet-problems';
