import type { EndpointModel, RouteModel, RuleModel, SecurityGroupModel } from '../cloudformation';
import { ipInRange } from '../iam';

const PRIVATE_RANGES = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'];

const TO_INTERNET: readonly string[] = [
  'internet gateway',
  'egress-only internet gateway',
  'NAT gateway',
  's3Path gateway',
];

/** Whether a rule of a security group covers HTTPS. */
export function coversHttps({ protocol, fromPort, toPort }: RuleModel): boolean {
  if (protocol === '-1') {
    return true;
  }
  return (protocol === 'tcp' || protocol === '6') && (fromPort ?? 0) <= 443 && (toPort ?? 65535) >= 443;
}

/**
 * The rules of security groups that let HTTPS out to an endpoint; to one that is not in the assembly, any that lets
 * HTTPS out.
 */
export function rulesTo(
  endpoint: Pick<EndpointModel, 'kind' | 'securityGroups'> | undefined,
  groups: readonly SecurityGroupModel[],
): RuleModel[] {
  if (endpoint === undefined) {
    return groups.flatMap(({ egress }) => egress).filter(coversHttps);
  }
  const endpointGroups = endpoint.securityGroups.map(({ id }) => id);
  const leadsThere = ({ peer, peerId }: RuleModel) =>
    endpoint.kind === 'gateway'
      ? peer === 'addresses' || peer === 'prefix list'
      : peer === 'addresses' || endpointGroups.includes(peerId);
  return groups.flatMap(({ egress }) => egress).filter(rule => coversHttps(rule) && leadsThere(rule));
}

/** The rules of an endpoint's security groups that let HTTPS in from a workload. */
export function rulesFrom(
  groups: readonly SecurityGroupModel[],
  { securityGroups }: Pick<EndpointModel, 'securityGroups'>,
): RuleModel[] {
  const ids = groups.map(({ id }) => id);
  return securityGroups
    .flatMap(({ ingress }) => ingress)
    .filter(
      rule =>
        coversHttps(rule) && (rule.peer === 'addresses' || rule.peer === 'prefix list' || ids.includes(rule.peerId)),
    );
}

/**
 * The first rule that lets something out along a route: private addresses do not go to the internet, other security
 * groups are in the VPC.
 */
export function ruleAlong({ target }: RouteModel, groups: readonly SecurityGroupModel[]): RuleModel | undefined {
  const internet = TO_INTERNET.includes(target);
  return groups
    .flatMap(({ egress }) => egress)
    .find(
      ({ peer, peerId }) =>
        peer === 'unknown' || (peer === 'addresses' && !isNowhere(peerId) && !(internet && isPrivate(peerId))),
    );
}

function isPrivate(range: string): boolean {
  const [address, bits] = range.split('/');
  return (
    PRIVATE_RANGES.some(each => ipInRange(address, each) && Number(bits ?? 32) >= Number(each.split('/')[1])) ||
    /^f[cd]/i.test(address)
  );
}

/** What the CDK writes in place of an empty list of rules. */
function isNowhere(range: string): boolean {
  return range === '255.255.255.255/32';
}
