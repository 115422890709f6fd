import { readFileSync } from 'node:fs';
import { MAP, resultsIn, testFolders, testMap } from '../../scripts/test-map';

const REPORT = `<testsuites name="jest tests" tests="5" time="9">
  <testsuite name="test/iam/like.test.ts" errors="0" time="1.4" tests="3"><testcase name="a" time="1"></testcase></testsuite>
  <testsuite name="test/iam/facts/keys.test.ts" errors="0" time="2.4" tests="1"></testsuite>
  <testsuite name="test/cli/prove.test.ts" errors="0" time="60" tests="1"></testsuite>
</testsuites>`;

test('the map has tests and seconds of each folder, and the slowest files first', () => {
  const map = testMap(['cli', 'iam', 'rules'], resultsIn(REPORT)).split('\n');

  expect(map.filter(line => line.startsWith('| `')).map(line => line.replace(/ \| [a-z][^|]* \|/, ' |'))).toEqual([
    '| `cli/` | 1 | 1 | 60 |',
    '| `iam/` | 2 | 4 | 4 |',
    '| `rules/` |  |  |  |',
    '| `test/cli/prove.test.ts` | 1 | 60 |',
    '| `test/iam/facts/keys.test.ts` | 1 | 2 |',
    '| `test/iam/like.test.ts` | 3 | 1 |',
  ]);
});

test('the map says of each folder what its tests look at', () => {
  const silent = testMap(testFolders(), [])
    .split('\n')
    .filter(line => / \|  \|  \|  \|  \|$/.test(line));

  expect(silent).toEqual([]);
  expect(testFolders().filter(folder => !readFileSync(MAP, 'utf8').includes(`| \`${folder}/\` |`))).toEqual([]);
});
