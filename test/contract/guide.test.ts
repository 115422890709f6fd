import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import * as ts from 'typescript';
import { GUIDE, blocksOf } from './guide';
import { linksOf, slugsOf } from './links';
import { readabilityOf, sentencesOf } from './readability';
import * as library from '../../src';
import { ROOT } from '../support/packed';
import { quickStart } from '../support/scenarios';
import { type ReportedViolation, validatedByCause } from '../support/validated';

/** Every page that people read, by its path. */
const PAGES = ['.', 'docs', 'decisions', 'examples', '.github']
  .filter(folder => existsSync(join(ROOT, folder)))
  .flatMap(folder =>
    readdirSync(join(ROOT, folder), { recursive: folder !== '.', encoding: 'utf8' }).map(name => join(folder, name)),
  )
  .filter(name => name.endsWith('.md') && !/node_modules|cdk\.out|^API\.md$/.test(name));

test('the README has 220 lines at most', () => {
  expect(GUIDE.get('README.md')!.trimEnd().split('\n').length).toBeLessThanOrEqual(220);
});

test.each(['ts', 'python'])('the README has eight lines of %s at most', language => {
  const { code } = blocksOf(GUIDE.get('README.md')!).find(block => block.language === language)!;

  expect(code.split('\n').filter(line => line.trim() !== '').length).toBeLessThanOrEqual(8);
});

test.each(PAGES)('the links of %s lead somewhere', page => {
  const dead = linksOf(readFileSync(join(ROOT, page), 'utf8')).filter(link => !leadsSomewhere(page, link));

  expect(dead).toEqual([]);
});

function leadsSomewhere(page: string, link: string): boolean {
  const [path, anchor] = link.split('#');
  const target = path === '' ? page : join(dirname(page), path);
  if (relative(ROOT, join(ROOT, target)).startsWith('..') || !existsSync(join(ROOT, target))) {
    return false;
  }
  return anchor === undefined || slugsOf(readFileSync(join(ROOT, target), 'utf8')).includes(anchor);
}

test('the README links to each page of the guide', () => {
  const linked = linksOf(GUIDE.get('README.md')!).map(link => link.split('#')[0]);
  const pages = readdirSync(join(ROOT, 'docs')).filter(name => name.endsWith('.md') && name !== 'policy-rules.md');

  expect(pages.filter(name => !linked.includes(`docs/${name}`))).toEqual([]);
});

/** What newcomers ask, and the page and heading that answer it: a link of the README, then one of that page. */
const QUESTIONS: ReadonlyArray<[question: string, page: string, heading: string]> = [
  ['how does it stand behind a load balancer?', 'compute.md', 'a-service-behind-a-load-balancer'],
  ['how do I use SQS?', 'other-services.md', 'other-services'],
  ['how is it patched?', 'remote-access.md', 'patching-and-inventory'],
  ['can it use a bucket that I have?', 'existing-resources.md', 'existing-buckets'],
  ['can the bucket be in another account?', 'existing-resources.md', 'a-bucket-of-another-account'],
  ['how do I take a test stack away?', 'upgrading.md', 'a-test-stack-goes-whole'],
  ['how do I run the proof in CI?', 'proof.md', 'in-ci'],
  ['why is my request denied?', 'troubleshooting.md', 'the-request-ends-in-accessdenied'],
  ['what does it cost?', 'costs.md', 'costs'],
  ['is it there for my language?', 'getting-started.md', 'get-started'],
];

test.each(QUESTIONS)('%s is answered two clicks from the README', (_, page, heading) => {
  expect(linksOf(GUIDE.get('README.md')!)).toContain(`docs/${page}`);
  expect(slugsOf(GUIDE.get(page)!)).toContain(heading);
});

/** The pages whose first block is no program: they are about commands, figures or words. */
const WITHOUT_PROGRAM = ['costs.md', 'glossary.md', 'limits.md', 'report.md', 'troubleshooting.md', 'upgrading.md'];
const PROGRAMS = [...GUIDE]
  .filter(([page]) => !WITHOUT_PROGRAM.includes(page))
  .map(([page, text]) => ({ page, ...blocksOf(text)[0] }));

describe.each(PROGRAMS)('the first snippet of $page', ({ language, info, code }) => {
  const outdir = mkdtempSync(join(tmpdir(), 'guide-'));

  beforeAll(() => {
    process.env.CDK_OUTDIR = outdir;
  });

  afterAll(() => {
    delete process.env.CDK_OUTDIR;
    rmSync(outdir, { recursive: true });
  });

  test('is a whole program in TypeScript', () => {
    expect([language, info]).toEqual(['ts', 'nofixture']);
    expect(code).toContain('app.synth();');
  });

  test('synthesizes, and its proof holds', () => {
    const said = jest.spyOn(console, 'error').mockImplementation();
    runProgram(code);
    said.mockRestore();

    expect(readdirSync(outdir).filter(name => name.endsWith('.template.json'))).not.toEqual([]);
  });
});

/** Runs a program in this process, with the sources as the library; a proof that does not hold makes it throw. */
function runProgram(code: string): void {
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const load = (name: string): unknown => (name === 'cdk-private-ec2-s3-access' ? library : jest.requireActual(name));
  new Function('require', 'exports', outputText)(load, {});
}

test('the snippets show what they import, and import nothing else', () => {
  const unused = [...GUIDE].flatMap(([page, text]) =>
    blocksOf(text)
      .filter(({ language }) => language === 'ts')
      .flatMap(({ code, line }) => unusedImports(code).map(name => `${page}:${line}: ${name}`)),
  );

  expect(unused).toEqual([]);
  expect(
    [...GUIDE.values()].flatMap(blocksOf).filter(({ language, info }) => language === 'ts' && info === ''),
  ).toEqual([]);
});

function unusedImports(code: string): string[] {
  const [imports, body] = [code.match(/^import [^;]*;$/gm) ?? [], code.replace(/^import [^;]*;$/gm, '')];
  return imports
    .flatMap(line => /\{([^}]*)\}/.exec(line)![1].split(','))
    .map(name => name.trim())
    .filter(name => name !== '' && !new RegExp(`(?<![.\\w])${name}\\b(?!:)`).test(body));
}

/** What people whose first language is another one can follow. */
const MOST_WORDS = 30;

test('no sentence of README and guide is long: before, 23 of 368 were, of 85 words at the most', () => {
  const pages = readdirSync(join(ROOT, 'docs'))
    .filter(name => name.endsWith('.md'))
    .map(name => readFileSync(join(ROOT, 'docs', name), 'utf8'));
  const { long, mean } = readabilityOf([GUIDE.get('README.md')!, ...pages], MOST_WORDS);

  expect(long).toEqual([]);
  // 12.5 words before
  expect(mean).toBeLessThan(9);
});

test('sentences are counted in prose, lists and tables, and code is one word', () => {
  const page = [
    '# A heading of three',
    'One `two or three` four. Two words (three).',
    'And [one more](link.md#x) here!',
    '',
    '```sh',
    'not counted at all',
    '```',
    '- an item',
    '  of a list. Another',
    '',
    '| a cell | **two** cells |',
    '| --- | --- |',
  ].join('\n');

  expect(sentencesOf(page)).toEqual([
    'One `code` four.',
    'Two words (three).',
    'And one more here!',
    'an item of a list.',
    'Another',
    'a cell',
    'two cells',
  ]);
  expect(readabilityOf([page], 3)).toMatchObject({
    sentences: 7,
    longest: 5,
    long: ['And one more here!', 'an item of a list.'],
  });
});

describe('the counterexample', () => {
  const shown = [...GUIDE].flatMap(([page, text]) =>
    blocksOf(text)
      .filter(({ language, code }) => language === 'text' && code.startsWith('ERROR '))
      .map(({ code }): [string, string] => [page, code]),
  );

  test.each(shown)('of %s is what the proof says of an app with this fault', (_, code) => {
    const [violation, ...others] = validatedByCause(app => {
      const { role } = quickStart(new Stack(app, 'Training'));
      role.addManagedPolicy(ManagedPolicy.fromAwsManagedPolicyName('AmazonS3FullAccess'));
    }).violations;

    expect(others).toEqual([]);
    expect(collapsed(asPrinted(violation))).toMatch(patternOf(code));
  });

  test('is in README and proof', () => {
    expect(shown.map(([page]) => page)).toEqual(['README.md', 'proof.md']);
  });
});

function asPrinted({ ruleName, description, suggestedFix }: ReportedViolation): string {
  return `ERROR ${description} Suggested fix: ${suggestedFix} Acknowledge with 'cdk-private-ec2-s3-access::${ruleName}'`;
}

const collapsed = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** What is left out is an ellipsis. */
function patternOf(code: string): RegExp {
  const parts = collapsed(code)
    .split('…')
    .map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*?')}`);
}
