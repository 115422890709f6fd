import type { Packet } from './packets';
import type { WorldName } from './worlds';

/** One packet: from whom, to whom, and what comes of it. */
export interface PacketCase extends Packet {
  readonly world: WorldName;
  /** `allowed`, or which security group has no rule. */
  readonly expect: string;
}

const WORKLOAD = 'AppSecurityGroup';
const INTERNET = '203.0.113.9';
const S3 = 'pl-63a5400a';

const packets =
  (world: WorldName) =>
  (from: string, to: string, port: number, expect: string): PacketCase => ({ world, from, to, port, expect });
const noWayOut = (group: string) => `no egress rule of ${group}`;
const noWayIn = (group: string) => `no ingress rule of ${group}`;

const plain = packets('plain');
const full = packets('full');
const interfaces = packets('interface');
const existing = packets('existing security group');
const visits = packets('on premises');
const sessions = packets('sessions');
const connect = packets('instance connect');
const ssh = packets('instance connect over SSH');

const ENDPOINT = 'AppS3EndpointSecurityGroup';
const AGENT = 'AppSessionManagerSecurityGroup';
const TUNNEL = 'AppInstanceConnectSecurityGroup';

/** HTTPS to S3 and nothing else, and nobody gets in. */
const WORKLOADS: PacketCase[] = [
  plain(WORKLOAD, INTERNET, 443, 'allowed'),
  plain(WORKLOAD, INTERNET, 80, noWayOut(WORKLOAD)),
  plain(INTERNET, WORKLOAD, 443, noWayIn(WORKLOAD)),
  plain('10.0.0.99', WORKLOAD, 22, noWayIn(WORKLOAD)),
  full(WORKLOAD, S3, 443, 'allowed'),
  full(WORKLOAD, S3, 80, noWayOut(WORKLOAD)),
  full(WORKLOAD, INTERNET, 443, noWayOut(WORKLOAD)),
  full(WORKLOAD, 'pl-02cd2c6b', 443, noWayOut(WORKLOAD)),
  existing('Theirs', S3, 443, 'allowed'),
  existing('Theirs', S3, 22, noWayOut('Theirs')),
  existing('Theirs', INTERNET, 443, noWayOut('Theirs')),
  existing('10.1.0.9', 'Theirs', 443, noWayIn('Theirs')),
];

/** The interface endpoint takes HTTPS from the workload, and from the networks that are named. */
const ENDPOINTS: PacketCase[] = [
  interfaces(WORKLOAD, 'Theirs', 443, 'allowed'),
  interfaces(WORKLOAD, 'Theirs', 80, noWayOut(WORKLOAD)),
  interfaces(WORKLOAD, INTERNET, 443, noWayOut(WORKLOAD)),
  interfaces('10.1.0.9', 'Theirs', 443, noWayIn('Theirs')),
  visits('192.168.0.7', ENDPOINT, 443, 'allowed'),
  visits(WORKLOAD, ENDPOINT, 443, noWayIn(ENDPOINT)),
  visits('192.168.0.7', ENDPOINT, 80, noWayIn(ENDPOINT)),
  visits('192.169.0.7', ENDPOINT, 443, noWayIn(ENDPOINT)),
  visits(INTERNET, ENDPOINT, 443, noWayIn(ENDPOINT)),
  visits('192.168.0.7', WORKLOAD, 443, noWayIn(WORKLOAD)),
];

/** Sessions need no open port, a tunnel needs the one of its protocol. */
const PEOPLE: PacketCase[] = [
  sessions(WORKLOAD, AGENT, 443, 'allowed'),
  sessions('10.0.0.99', AGENT, 443, noWayIn(AGENT)),
  sessions(AGENT, WORKLOAD, 443, noWayOut(AGENT)),
  sessions('10.0.0.99', WORKLOAD, 22, noWayIn(WORKLOAD)),
  connect(TUNNEL, WORKLOAD, 3389, 'allowed'),
  connect(TUNNEL, WORKLOAD, 22, noWayOut(TUNNEL)),
  connect(TUNNEL, '10.0.0.99', 3389, noWayOut(TUNNEL)),
  connect('10.0.0.99', WORKLOAD, 3389, noWayIn(WORKLOAD)),
  connect(INTERNET, WORKLOAD, 3389, noWayIn(WORKLOAD)),
  connect(INTERNET, TUNNEL, 3389, noWayIn(TUNNEL)),
  ssh(TUNNEL, WORKLOAD, 22, 'allowed'),
  ssh(TUNNEL, WORKLOAD, 3389, noWayOut(TUNNEL)),
  ssh('10.0.0.99', WORKLOAD, 22, noWayIn(WORKLOAD)),
];

export const PACKET_CASES: Readonly<Record<string, PacketCase[]>> = {
  'what the workload reaches, and who reaches it': WORKLOADS,
  'who reaches the interface endpoint': ENDPOINTS,
  'how people reach the instances': PEOPLE,
};
