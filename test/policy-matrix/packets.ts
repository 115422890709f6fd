import { ipInRange } from '../../src/iam/ip';
import type { DeployedStack } from '../support/deployed';

/** A connection that somebody opens. */
export interface Packet {
  /** An address, or the security group of who sends it, by a part of its construct path. */
  readonly from: string;
  /** An address, a prefix list, or the security group of who receives it. */
  readonly to: string;
  readonly port: number;
}

interface Rule {
  readonly GroupId?: string;
  readonly FromPort?: number;
  readonly ToPort?: number;
  readonly IpProtocol: string;
  readonly CidrIp?: string;
  readonly SourceSecurityGroupId?: string;
  readonly DestinationSecurityGroupId?: string;
  readonly DestinationPrefixListId?: string;
}

const PROPERTIES: ReadonlyArray<keyof Rule> = [
  'GroupId',
  'FromPort',
  'ToPort',
  'IpProtocol',
  'CidrIp',
  'SourceSecurityGroupId',
  'DestinationSecurityGroupId',
  'DestinationPrefixListId',
];
const GROUP = 'AWS::EC2::SecurityGroup';
const ADDRESS = /^\d+\.\d+\.\d+\.\d+$/;

/** What becomes of a packet: `allowed`, or which security group has no rule for it. */
export function deliver(stack: DeployedStack, { from, to, port }: Packet): string {
  const [sender, receiver] = [from, to].map(each => (isGroup(each) ? groupId(stack, each) : undefined));
  const leaves =
    sender === undefined || rules(stack, sender, 'Egress').some(rule => covers(rule, port, receiver ?? to));
  if (!leaves) {
    return `no egress rule of ${from}`;
  }
  const enters =
    receiver === undefined || rules(stack, receiver, 'Ingress').some(rule => covers(rule, port, sender ?? from));
  return enters ? 'allowed' : `no ingress rule of ${to}`;
}

function isGroup(name: string): boolean {
  return !ADDRESS.test(name) && !name.startsWith('pl-');
}

function groupId(stack: DeployedStack, part: string): string {
  return `${stack.id(GROUP, part)}.GroupId`;
}

/** The rules of a group: its own, and those that stand beside it. */
function rules(stack: DeployedStack, group: string, direction: 'Egress' | 'Ingress'): Rule[] {
  const inline = stack.property<Rule[] | undefined>(group.split('.')[0], `SecurityGroup${direction}`) ?? [];
  const beside = stack
    .ids(`${GROUP}${direction}`)
    .map(id => Object.fromEntries(PROPERTIES.map(name => [name, stack.property(id, name)])) as unknown as Rule);
  return [...inline, ...beside.filter(({ GroupId }) => GroupId === group)];
}

function covers(rule: Rule, port: number, peer: string): boolean {
  const anyPort = rule.IpProtocol === '-1';
  const samePort = rule.IpProtocol === 'tcp' && port >= (rule.FromPort ?? 0) && port <= (rule.ToPort ?? 0);
  const named = [rule.SourceSecurityGroupId, rule.DestinationSecurityGroupId, rule.DestinationPrefixListId].includes(
    peer,
  );
  const anywhere = rule.CidrIp === '0.0.0.0/0' && !peer.startsWith('pl-');
  // a CIDR that is known at deployment only contains no address that a case can name
  return (
    (anyPort || samePort) &&
    (named || anywhere || (rule.CidrIp !== undefined && ADDRESS.test(peer) && ipInRange(peer, rule.CidrIp)))
  );
}
