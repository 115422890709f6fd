import { ACLS, GROUPS } from './border-packets';
import { DEFAULT_GROUPS, FAMILIES, INTERFACES } from './endpoint-packets';
import { flowIn, hopOf, networkWith } from './network';
import { FORWARDERS, NAMES, ROUTES } from './way-packets';

const MATRIX = [...GROUPS, ...ACLS, ...NAMES, ...ROUTES, ...FORWARDERS, ...INTERFACES, ...DEFAULT_GROUPS, ...FAMILIES];

test.each(MATRIX.map(packet => [packet.what, packet.hop, packet] as const))('%s: %s', (_what, hop, packet) => {
  expect(hopOf(flowIn(networkWith(...packet.network), packet.region))).toBe(hop);
});

test('there are at least 120 packets, a third of which arrives', () => {
  expect(MATRIX.length).toBeGreaterThanOrEqual(120);
  const through = MATRIX.filter(({ hop }) => hop.startsWith('through'));
  expect(through.length / MATRIX.length).toBeGreaterThan(1 / 3);
});
