import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, build, runIn } from '../support/packed';

/** What people read of a command's output without scrolling. */
const SCREEN = 40;

let said: string[];

beforeAll(() => {
  build();
  said = runIn(ROOT, 'npm', ['run', 'demo']).trimEnd().split('\n');
});

/** The lines of a section of the last screen. */
function section(title: string): string[] {
  const screen = said.slice(-SCREEN);
  const rest = screen.slice(screen.indexOf(title) + 1);
  return rest.slice(0, rest.indexOf(''));
}

test('the last screen of the demo has all of it, in lines that fit', () => {
  expect(said.slice(0, -SCREEN).filter(line => !/^(> .*)?$/.test(line))).toEqual([]);
  expect(said.filter(line => line.length > 140)).toEqual([]);
});

test('the demo shows the flow in three lines, with what every step is', () => {
  expect(section('The flow')).toEqual([
    expect.stringMatching(/1 .*metadata service/),
    expect.stringMatching(/2 .*session token/),
    expect.stringMatching(/3 .*S3 endpoint/),
  ]);
});

test('the demo says what each bucket is for', () => {
  expect(section('The buckets')).toEqual([
    expect.stringMatching(/Datasets .*read in datasets\//),
    expect.stringMatching(/UserData .*read, write, delete/),
    expect.stringMatching(/AccessLogs .*flow logs.*access logs/),
  ]);
});

test('the demo gives the verdict with counts', () => {
  const [verdict, ...counts] = section('The verdict');

  expect(verdict).toContain('✓');
  expect(counts.join(' ')).toMatch(
    /(\d+) of \1 steps.* (\d+) of \2 properties.* 0 violations.* [\d,]+ decisions.* [\d,]{6,} combinations/,
  );
});

test('the demo names two files to open: the report, and the statements beside it', () => {
  const [report, statements, ...others] = section('Open').map(line => join(ROOT, line.trim().split(/\s/)[0]));

  expect(others).toEqual([]);
  expect(report).toMatch(/\.html$/);
  expect(existsSync(report)).toBe(true);
  expect(readFileSync(statements, 'utf8')).toMatch(/DenyObjectsOutsideEndpoint +deny/);
  expect(said.join('\n')).not.toContain('DenyObjectsOutsideEndpoint');
});
