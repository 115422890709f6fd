export { DNS_FIREWALL, DnsFirewall } from './dns-firewall';
export { FLOW_LOGS_PREFIX } from './flow-logs';
export { addressesProblems } from './network-addresses';
export { NETWORK_FIELDS, PrivateNetwork } from './private-network';
export { routeTableAssociations } from './route-table-associations';
export {
  EGRESS_TO_ANY_IPV6,
  egressToEndpoint,
  egressToPrefixList,
  egressToS3,
  inline,
  prefixListProblems,
} from './s3-egress';
export type { Egress } from './s3-egress';
export { ServiceEndpoints } from './service-endpoints';
export type { ServiceEndpointsPlace, UsedEndpoint } from './service-endpoints';
export { endpointsIn } from './service-twins';
