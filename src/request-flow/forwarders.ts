import { isUnknown, overlaps, spansIn, spansOfRule } from './packets';
import type { RouteOut } from './route-out';
import { AssemblyModel, nameOf, NetworkInterfaceModel, RelayModel, RuleModel, WorkloadModel } from '../cloudformation';

/** What machines that a workload may send packets to could do with them. */
interface Forwarding {
  readonly routes: readonly RouteOut[];
  readonly assumes: readonly string[];
}

/**
 * Other machines and tasks that the groups of both sides let a packet get to: one that has a way out itself may be a
 * proxy, and is one for the workload. What machines of a group elsewhere do, and where a load balancer leads, nothing
 * here tells.
 *
 * @param each the network interface that packets leave by
 * @param wayOutOf the way out of another network interface of the VPC, if it has one
 */
export function forwardingBy(
  each: NetworkInterfaceModel,
  workload: WorkloadModel,
  model: AssemblyModel,
  wayOutOf: (other: NetworkInterfaceModel) => RouteOut | undefined,
): Forwarding {
  const egress = each.securityGroups.flatMap(group => group.egress);
  const own = new Set(each.securityGroups.map(({ id }) => id));
  const machines = model.workloads
    .filter(other => other.vpcId === workload.vpcId && !isSameMachine(other, workload))
    .flatMap(({ where, interfaces }) => interfaces.map(its => ({ ...its, where })));
  const relays = model.relays.filter(relay => isIn(relay, workload));
  const others = [...machines, ...relays.filter(({ kind }) => kind === 'tasks')].filter(other =>
    isReached(each, other),
  );
  const routes = others.flatMap(other => {
    const way = wayOutOf(other);
    return way === undefined ? [] : [throughMachine(other, way)];
  });
  const balancers = relays.filter(relay => relay.kind === 'load balancer' && isReached(each, relay));
  const elsewhere = egress.filter(
    rule => rule.peer === 'security group' && !own.has(rule.peerId) && isUnseen(rule, model),
  );
  return {
    routes,
    assumes: [
      ...elsewhere.map(({ peerId }) => `the machines of the security group ${peerId} pass nothing on`),
      ...balancers.map(({ where }) => `the load balancer ${nameOf(where)} leads to nothing that passes anything on`),
    ],
  };
}

/** Machines with the same role are one workload. */
function isSameMachine(other: WorkloadModel, workload: WorkloadModel): boolean {
  return other === workload || (other.role !== undefined && other.role.arn === workload.role?.arn);
}

function isIn({ subnets, securityGroups }: RelayModel, { vpcId }: WorkloadModel): boolean {
  return [...subnets, ...securityGroups].some(each => each.vpcId !== undefined && each.vpcId === vpcId);
}

function throughMachine({ where }: NetworkInterfaceModel, way: RouteOut): RouteOut {
  return {
    destination: nameOf(where),
    leads: `${nameOf(where)} may be a proxy: ${way.leads}`,
    openBecause: `the security groups of both let the workload's packets get to it`,
    subject: nameOf(where),
    where,
  };
}

/** Whether a rule for egress and one for ingress have a port in common, each for the other side. */
function isReached(from: NetworkInterfaceModel, target: NetworkInterfaceModel): boolean {
  const out = rulesFor(from, 'egress').filter(rule => isAbout(rule, target));
  const into = rulesFor(target, 'ingress').filter(rule => isAbout(rule, from));
  return out.some(left => into.some(right => havePortInCommon(left, right)));
}

function rulesFor({ securityGroups }: NetworkInterfaceModel, direction: 'egress' | 'ingress'): RuleModel[] {
  return securityGroups.flatMap(group => group[direction]);
}

function isAbout(rule: RuleModel, { securityGroups, subnets }: NetworkInterfaceModel): boolean {
  if (rule.peer === 'security group') {
    return securityGroups.some(({ id }) => id === rule.peerId);
  }
  const ranges = spansIn(subnets.flatMap(({ cidr = '', ipv6Cidrs }) => [cidr, ...ipv6Cidrs]));
  return !isUnknown(rule) && spansOfRule(rule).some(span => ranges.some(range => overlaps(range, span)));
}

function havePortInCommon(left: RuleModel, right: RuleModel): boolean {
  const isAny = ({ protocol }: RuleModel) => protocol === '-1' || protocol === 'all';
  if (isAny(left) || isAny(right)) {
    return true;
  }
  const [from, to] = [left, right].map(({ fromPort = 0, toPort = 65535 }) => ({ fromPort, toPort }));
  return left.protocol === right.protocol && from.fromPort <= to.toPort && to.fromPort <= from.toPort;
}

/** Whether a group is neither in the assembly nor that of an endpoint, which is looked at by itself. */
function isUnseen({ peerId }: RuleModel, { endpoints, securityGroupIds }: AssemblyModel): boolean {
  const isOfEndpoint = endpoints.some(({ securityGroups }) => securityGroups.some(({ id }) => id === peerId));
  return !isOfEndpoint && !securityGroupIds.includes(peerId);
}
