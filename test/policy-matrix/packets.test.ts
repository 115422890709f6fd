import { PACKET_CASES } from './packet-cases';
import { deliver } from './packets';
import { settingOf } from './worlds';

describe.each(Object.entries(PACKET_CASES))('%s', (_, cases) => {
  test.each(cases.map(each => [`${each.world}: ${each.from} to ${each.to}, port ${each.port}`, each] as const))(
    '%s',
    (__, { world, expect: expected, ...packet }) => expect(deliver(settingOf(world).stack, packet)).toBe(expected),
  );
});
