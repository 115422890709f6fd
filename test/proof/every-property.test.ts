import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { PROPERTY_METADATA } from '../../src/proof';

const TESTS = join(__dirname, 'properties');
const SOURCES = join(__dirname, '../../src/proof/properties');

/** Where the file of a property is: its claim is a folder, what is in brackets the file. */
function fileOf(id: string): string {
  return id.replace('[', '/').replace(']', '');
}

const files = readdirSync(TESTS, { recursive: true, withFileTypes: true })
  .filter(each => each.isFile())
  .map(each => relative(TESTS, join(each.parentPath, each.name)).replace(/\.test\.ts$/, ''));

test.each(Object.keys(PROPERTY_METADATA))('%s has a test file of its own, which names it', id => {
  expect(existsSync(join(SOURCES, `${fileOf(id)}.ts`))).toBe(true);
  expect(files).toContain(fileOf(id));
  expect(readFileSync(join(TESTS, `${fileOf(id)}.test.ts`), 'utf8')).toContain(`const ID = '${id}';`);
});

test('there are no other files beside them', () => {
  expect([...files].sort()).toEqual(Object.keys(PROPERTY_METADATA).map(fileOf).sort());
});
