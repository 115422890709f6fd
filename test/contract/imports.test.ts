import { join } from 'node:path';
import { importProblems, sourcesIn } from './imports';
import { LARGEST_FOLDER, MAY_IMPORT } from '../../projenrc/layers';
import { ROOT } from '../support/packed';

const sources = sourcesIn(join(ROOT, 'src'));

const problemsWith = (planted: Record<string, string>) =>
  importProblems(new Map([...sources, ...Object.entries(planted)]));

test('imports lead in one direction, through the indexes, in no cycle, and not to the CDK', () => {
  expect(importProblems(sources)).toEqual([]);
});

describe('a planted fault is found:', () => {
  test.each([
    ['an import', "import { examine } from '../analysis';\nexport const found = examine;"],
    ['an import of a type', "import type { Violation } from '../analysis';\nexport type Found = Violation;"],
    ['an export', "export { examine } from '../analysis';"],
    ['the type of a module', "export type Found = import('../analysis').Violation;"],
    ['a call of require()', "export const found = () => require('../analysis');"],
    ['a call of import()', "export const found = () => import('../analysis');"],
  ])('%s against the direction', (_, text) => {
    expect(problemsWith({ 'iam/planted.ts': text })).toContainEqual(
      'iam/planted.ts imports analysis/index.ts, against the direction',
    );
  });

  test.each([
    ['cli', 'an endpoint', "import { S3Endpoint } from '../endpoint';", 'endpoint/index.ts'],
    ['access', 'an endpoint', "import { S3Endpoint } from '../endpoint';", 'endpoint/index.ts'],
    [
      'compute',
      'the whole construct',
      "import { PrivateEc2S3Access } from '../private-ec2-s3-access';",
      'private-ec2-s3-access.ts',
    ],
  ])('%s imports %s', (folder, _, text, to) => {
    expect(problemsWith({ [`${folder}/planted.ts`]: text })).toContainEqual(
      `${folder}/planted.ts imports ${to}, against the direction`,
    );
  });

  test('a file of another folder', () => {
    expect(problemsWith({ 'proof/planted.ts': "import { decide } from '../iam/decide';" })).toEqual([
      'proof/planted.ts imports iam/decide.ts, not the index of its folder',
    ]);
  });

  test('a cycle of types', () => {
    expect(
      problemsWith({
        'proof/one.ts': "import type { Two } from './two';\nexport type One = Two[];",
        'proof/two.ts': "import type { One } from './one';\nexport type Two = One[];",
      }),
    ).toEqual(['cycle: proof/one.ts, proof/two.ts']);
  });

  test.each(['iam', 'cloudformation', 'request-flow', 'proof', 'rules', 'analysis', 'reporting', 'cli'])(
    'the CDK in %s',
    folder => {
      expect(problemsWith({ [`${folder}/planted.ts`]: "import type { Construct } from 'constructs';" })).toEqual([
        `${folder}/planted.ts imports the CDK`,
      ]);
    },
  );

  test('the CDK behind a file', () => {
    expect(
      problemsWith({
        'iam/near.ts': "import { far } from './far';\nexport const near = far;",
        'iam/far.ts': "import { Stack } from 'aws-cdk-lib';\nexport const far = Stack;",
      }),
    ).toEqual(['iam/far.ts imports the CDK', 'iam/near.ts imports the CDK']);
  });
});

describe('folders', () => {
  const linesIn = (folder: string) =>
    [...sources]
      .filter(([name]) => name.startsWith(folder))
      .reduce((sum, [, text]) => sum + text.split('\n').length - 1, 0);

  test('each has its place in the order', () => {
    const folders = [...sources.keys()].filter(name => name.includes('/')).map(name => name.split('/')[0]);

    expect([...new Set(folders)].sort()).toEqual(Object.keys(MAY_IMPORT).sort());
  });

  test.each(Object.keys(MAY_IMPORT))('%s has no more than its share', folder => {
    expect(linesIn(`${folder}/`)).toBeLessThanOrEqual(LARGEST_FOLDER * linesIn(''));
  });
});
