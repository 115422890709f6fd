/** Ports that follow each other. */
export interface Ports {
  readonly from: number;
  readonly to: number;
}

/** A rule of a security group or of a network ACL, as far as protocol and ports are concerned. */
export interface ProtocolRule {
  readonly protocol: string;
  readonly fromPort?: number;
  readonly toPort?: number;
}

export const HTTPS: Ports = { from: 443, to: 443 };

/**
 * The ports that Linux takes for its side of a connection; Windows takes those from 49152 on.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports
 */
export const EPHEMERAL: Ports = { from: 32768, to: 60999 };

export const EPHEMERAL_OF_WINDOWS: Ports = { from: 49152, to: 65535 };

const TCP = ['tcp', '6'];

const ALL = ['-1', 'all'];

/** Whether every protocol is meant. */
export function isEveryProtocol({ protocol }: ProtocolRule): boolean {
  return ALL.includes(protocol);
}

/** Whether a rule is about TCP on a port. */
export function isForTcp(rule: ProtocolRule, port: number): boolean {
  if (isEveryProtocol(rule)) {
    return true;
  }
  const { protocol, fromPort, toPort } = rule;
  return TCP.includes(protocol) && (fromPort ?? 0) <= port && (toPort ?? 65535) >= port;
}

/** The ports at which one of the rules may decide otherwise than at the one before. */
export function portsThatDiffer({ from, to }: Ports, rules: readonly ProtocolRule[]): number[] {
  const starts = rules.flatMap(({ fromPort = 0, toPort = 65535 }) => [fromPort, toPort + 1]);
  return [...new Set([from, ...starts])].filter(port => port >= from && port <= to);
}

/** How a rule's protocol and ports are called in a sentence. */
export function portsText({ protocol, fromPort, toPort }: ProtocolRule): string {
  const ports = fromPort === undefined || fromPort === toPort ? String(fromPort ?? '') : `${fromPort}-${toPort ?? ''}`;
  return `${protocol} ${ports}`.trim();
}
