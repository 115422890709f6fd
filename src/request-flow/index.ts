export type { DecidedRequest, FlowCheck, FlowStep, RequestFlow, StatementRef } from './model';
export { requestFlows } from './request-flows';
export { organizationIn } from './requests';
export { routesOutOf } from './network-checks';
export { canReach, canReachOthers } from './packets';
