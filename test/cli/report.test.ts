import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { makePageScript } from '../../scripts/page-script';
import { run } from '../../src/cli/run';
import { quickStart } from '../support/scenarios';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'report-'));
});

beforeAll(() => Object.assign(globalThis, { PAGE_SCRIPT: makePageScript() }));

afterEach(() => rmSync(folder, { recursive: true }));

function assembly(...stacks: string[]): string {
  const app = new App({ outdir: join(folder, 'cdk.out') });
  stacks.forEach(id => quickStart(new Stack(app, id), { proveAtSynthesis: false }));
  return app.synth().directory;
}

function report(...args: string[]) {
  const [out, err]: string[][] = [[], []];
  const status = run(
    ['report', ...args],
    line => out.push(line),
    line => err.push(line),
  );
  return { status, out, err: err.join('\n') };
}

test('writes page, picture, data and Markdown of a workload, and says where', () => {
  const directory = join(folder, 'made', 'for', 'it');
  const { status, out } = report(assembly('Training'), '--out', directory);
  expect(status).toBe(0);
  expect(out[0]).toBe('Training/App: every flow, every property and every rule holds');
  const files = out.slice(1).map(line => line.trim());
  expect(files.map(file => basename(file))).toEqual([
    'Training-App.html',
    'Training-App.svg',
    'Training-App.json',
    'Training-App.md',
  ]);
  expect(files.every(file => existsSync(file))).toBe(true);
  const data = JSON.parse(readFileSync(join(directory, 'Training-App.json'), 'utf8'));
  expect([data.format, data.title, data.holds]).toEqual([2, 'Training/App', true]);
  const markdown = readFileSync(join(directory, 'Training-App.md'), 'utf8');
  expect(markdown).toContain('# Access report: Training/App');
  expect(markdown).toMatch(
    /\| credentials stolen from the instance \| the internet \|.*✗ denied: DenyObjectsOutsideEndpoint/,
  );
  expect(markdown).toContain('Fixed: 9.87 USD per month');
});

test('writes a report for each workload', () => {
  const directory = join(folder, 'out');
  expect(report(assembly('One', 'Two'), '--out', directory).status).toBe(0);
  expect(
    readdirSync(directory)
      .filter(name => name.endsWith('.json'))
      .sort(),
  ).toEqual(['One-App.json', 'Two-App.json']);
});

test('writes nothing where there is no workload, and says so', () => {
  const file = join(folder, 'empty.template.json');
  writeFileSync(file, JSON.stringify({ Resources: { Topic: { Type: 'AWS::SNS::Topic' } } }));
  const { status, out } = report(file, '--out', join(folder, 'out'));
  expect([status, existsSync(join(folder, 'out'))]).toEqual([1, false]);
  expect(out.join()).toContain('no workload found');
});

test('says what is wrong with the path', () => {
  const { status, err } = report(join(folder, 'nothing'), '--out', folder);
  expect(status).toBe(1);
  expect(err).toMatch(/allowed: an existing file or directory/);
});

test.each([[[]], [['cdk.out']], [['--out']], [['--out', '--json']], [['--json', '--out', 'x']]])(
  'answers a wrong command line with the usage: %j',
  args => {
    const { status, err } = report(...args);
    expect(status).toBe(2);
    expect(err).toMatch(/^.+\n\nusage: /);
  },
);
