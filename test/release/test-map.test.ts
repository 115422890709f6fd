import { readFileSync } from 'node:fs';
import { MAP, resultsIn, testFolders, testMap } from '../../scripts/test-map';

const REPORT = `<testsuites name="jest tests" tests="5" time="9">
  <testsuite name="test/iam/like.test.ts" errors="0" time="1.4" tests="3"><testcase name="a" time="1"></testcase></testsuite>
  <testsuite name="test/iam/facts/keys.test.ts" errors="0" time="2.4" tests="1"></testsuite>
  <testsuite name="test/cli/prove.test.ts" errors="0" time="60" tests="1"></testsuite>
</testsuites>`;
const FOLDERS = [
  { name: 'cli', files: ['test/cli/prove.test.ts'] },
  { name: 'iam', files: ['test/iam/like.test.ts', 'test/iam/facts/keys.test.ts'] },
  { name: 'rules', files: ['test/rules/ecs.test.ts'] },
  { name: 'support', files: [] },
];

/** The figures of the rows of a map. */
function rowsOf(map: string): string[] {
  const rows = map.split('\n').filter(line => line.startsWith('| `'));
  return rows.map(line => line.replace(/ \| [a-z][^|]* \|/, ' |'));
}

test('the map has tests and seconds of each folder, and the slowest files first', () => {
  expect(rowsOf(testMap(FOLDERS, resultsIn(REPORT)))).toEqual([
    '| `cli/` | 1 | 1 | 60 |',
    '| `iam/` | 2 | 4 | 4 |',
    '| `rules/` | 1 |  |  |',
    '| `support/` | 0 |  |  |',
    '| `test/cli/prove.test.ts` | 1 | 60 |',
    '| `test/iam/facts/keys.test.ts` | 1 | 2 |',
    '| `test/iam/like.test.ts` | 3 | 1 |',
  ]);
});

test('a run of some files keeps the figures of the folders that it does not have whole', () => {
  const before = testMap(FOLDERS, resultsIn(REPORT));
  const some = [
    { file: 'test/iam/like.test.ts', tests: 30, seconds: 70 },
    { file: 'test/rules/ecs.test.ts', tests: 7, seconds: 5 },
  ];

  expect(rowsOf(testMap(FOLDERS, some, before))).toEqual([
    '| `cli/` | 1 | 1 | 60 |',
    '| `iam/` | 2 | 4 | 4 |',
    '| `rules/` | 1 | 7 | 5 |',
    '| `support/` | 0 |  |  |',
    '| `test/iam/like.test.ts` | 30 | 70 |',
    '| `test/cli/prove.test.ts` | 1 | 60 |',
    '| `test/rules/ecs.test.ts` | 7 | 5 |',
    '| `test/iam/facts/keys.test.ts` | 1 | 2 |',
  ]);
});

test('a file that is gone is not on the map any more', () => {
  const before = testMap(FOLDERS, resultsIn(REPORT));

  expect(testMap([{ name: 'cli', files: [] }], [], before)).not.toContain('prove.test.ts');
});

test('the map says of each folder what its tests look at', () => {
  const folders = testFolders();
  const silent = testMap(folders, [])
    .split('\n')
    .filter(line => /^\| `\w[^|]* \|  \|/.test(line));

  expect(silent).toEqual([]);
  expect(folders.filter(({ name }) => !readFileSync(MAP, 'utf8').includes(`| \`${name}/\` |`))).toEqual([]);
});
