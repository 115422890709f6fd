export { HTTPS, isForTcp, portsText } from './ports';
export { contains, EVERYWHERE, overlaps, spansIn } from './addresses';
export { endpointPeer, familyOf, journeyChecks, s3Peer, unseenAclChecks, workloadPeer } from './journey';
export { nameChecks } from './names';
export { canReach, canReachOthers } from './reach';
export { isUnknown, permission, spansOfRule } from './security-groups';
export { openRoutes } from './ways-out';
export type { EndpointLists, OpenRoute } from './ways-out';
