import { MATRIX } from './matrix';
import { flowIn, hopOf, networkWith } from './network';

test.each(MATRIX.map(packet => [packet.what, packet.hop, packet] as const))('%s: %s', (_what, hop, packet) => {
  expect(hopOf(flowIn(networkWith(...packet.network), packet.region))).toBe(hop);
});

test('there are at least 120 packets, a third of which arrives', () => {
  expect(MATRIX.length).toBeGreaterThanOrEqual(120);
  const through = MATRIX.filter(({ hop }) => hop.startsWith('through'));
  expect(through.length / MATRIX.length).toBeGreaterThan(1 / 3);
});
