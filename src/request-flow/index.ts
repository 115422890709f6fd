export type { DecidedRequest, FlowCheck, FlowStep, RequestFlow } from './model';
export { requestFlows } from './request-flows';
export { organizationIn } from './requests';
export { ruleAlong } from './security-group-rules';
