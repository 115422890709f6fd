import { coverageOf, EVERYWHERE, S3_ADDRESSES } from './addresses';
import { endpointPeer, workloadPeer } from './journey';
import { isUnknown, Peer, spansOfRule } from './security-groups';
import type { EndpointModel, RuleModel, WorkloadModel } from '../../cloudformation';

/**
 * Whether a packet of a workload may get to an endpoint, whatever its port: unless the route tables, or the groups on
 * one of both sides, surely keep it from there.
 */
export function canReach(workload: WorkloadModel, endpoint: EndpointModel): boolean {
  const rules = egressOf(workload);
  return endpoint.kind === 'gateway'
    ? reachesGateway(workload, endpoint, rules)
    : reachesInterface(workload, endpoint, rules);
}

/** Whether a packet of a workload may get anywhere but to S3, as far as its groups are known. */
export function canReachOthers(workload: WorkloadModel): boolean {
  const anywhere: Peer = { name: '', spans: EVERYWHERE, isS3: false, groupIds: [] };
  const rules = egressOf(workload);
  return rules === undefined || rules.some(rule => rule.list?.kind !== 'S3' && leadsTo(rule, anywhere));
}

/** The rules of its groups for what leaves it; `undefined` if they are not known. */
function egressOf({ interfaces }: WorkloadModel): readonly RuleModel[] | undefined {
  const groups = interfaces.flatMap(({ securityGroups }) => securityGroups);
  const isKnown = interfaces.every(each => each.securityGroups.length > 0) && groups.every(({ where }) => where);
  return isKnown ? groups.flatMap(({ egress }) => egress) : undefined;
}

function reachesGateway({ interfaces }: WorkloadModel, endpoint: EndpointModel, rules?: readonly RuleModel[]): boolean {
  const tables = interfaces.flatMap(({ subnets }) => subnets).map(({ routeTable }) => routeTable?.id);
  const isRouted = tables.length === 0 || tables.some(id => id === undefined || endpoint.routeTableIds.includes(id));
  const service: Peer = { name: '', spans: S3_ADDRESSES, isS3: endpoint.isS3, groupIds: [] };
  return isRouted && (rules === undefined || rules.some(rule => isListOf(rule, endpoint) || leadsTo(rule, service)));
}

function reachesInterface(workload: WorkloadModel, endpoint: EndpointModel, rules?: readonly RuleModel[]): boolean {
  const { securityGroups } = endpoint;
  const source = workloadPeer(workload, 4);
  const isUnseen = securityGroups.length === 0 || securityGroups.some(({ where }) => where === undefined);
  const isLetIn = isUnseen || securityGroups.some(({ ingress }) => ingress.some(rule => leadsTo(rule, source)));
  const target = endpointPeer(endpoint, workload, 4);
  return isLetIn && (rules === undefined || rules.some(rule => leadsTo(rule, target)));
}

function isListOf({ list }: RuleModel, { isS3 }: EndpointModel): boolean {
  return list?.kind === (isS3 ? 'S3' : 'of another service');
}

function leadsTo(rule: RuleModel, { spans, groupIds }: Peer): boolean {
  if (rule.peer === 'security group') {
    return groupIds.includes(rule.peerId);
  }
  return isUnknown(rule) || coverageOf(spans, spansOfRule(rule)) !== 'none';
}
