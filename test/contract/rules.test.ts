import { GUIDE } from './guide';
import { isCurrent, rulesPage } from '../../scripts/rules';
import { FINDING_IDS } from '../../src/analysis';

test('docs/RULES.md is what the metadata of properties and rules says: npx tsx scripts/rules.ts writes it', () => {
  expect(isCurrent()).toBe(true);
});

test.each(FINDING_IDS)('%s is told, with a fix', id => {
  expect(rulesPage()).toMatch(
    new RegExp(`^\\| \`${id.replace(/[[\]]/g, '\\$&')}\` \\| \\*\\*[A-Z].+ \\| .{20,} \\|$`, 'm'),
  );
});

test('README and guide name no id that does not exist', () => {
  const named = [...GUIDE.values()].flatMap(text =>
    [...text.matchAll(/cdk-private-ec2-s3-access::([\w[\]-]+)/g)].map(([, id]) => id),
  );
  expect(named.length).toBeGreaterThan(0);
  expect([...new Set(named)].filter(id => !(FINDING_IDS as readonly string[]).includes(id))).toEqual(['closed']);
});
