import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT, build } from '../test/support/packed';

const ROUNDS = 61;
const LIBRARY = join(ROOT, 'lib', 'index.js');

/** The files of the CDK and of `constructs` that the library loads, in their order. */
function loadedFromElsewhere(): string[] {
  const program = `require(${JSON.stringify(LIBRARY)}); console.log(JSON.stringify(Object.keys(require.cache)))`;
  return answerOf<string[]>(program).filter(file => !file.startsWith(join(ROOT, 'lib')));
}

/**
 * What an app has to ask for so that all files are loaded: the packages by their names, as every app does, and what
 * they do not load themselves.
 */
function askedFor(files: readonly string[]): string[] {
  const asked =
    'files.filter(file => { const loaded = require.resolve(file) in require.cache; require(file); return !loaded; })';
  return answerOf(
    `const files = ${JSON.stringify(['constructs', 'aws-cdk-lib', ...files])}; console.log(JSON.stringify(${asked}))`,
  );
}

function answerOf<T>(program: string): T {
  return JSON.parse(spawnSync(process.execPath, ['-e', program], { cwd: ROOT, encoding: 'utf8' }).stdout);
}

/**
 * How long a new process computes to load files, measured in it: neither the start of Node.js counts nor what else
 * the machine does.
 */
function milliseconds(files: readonly string[]): number {
  const load = `${JSON.stringify(files)}.forEach(file => require(file))`;
  const program = `const start = process.cpuUsage(); ${load}; const { user, system } = process.cpuUsage(start); console.log((user + system) / 1000)`;
  return answerOf<number>(program);
}

function median(figures: readonly number[]): number {
  return [...figures].sort((left, right) => left - right)[Math.floor(figures.length / 2)];
}

/** The library against the modules of the CDK that it uses, in turns, each first as often as the other. */
function main(): void {
  build();
  const files = loadedFromElsewhere();
  const cdk = askedFor(files);
  const times = { cdk: [] as number[], library: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    const runs: Array<() => unknown> = [
      () => times.cdk.push(milliseconds(cdk)),
      () => times.library.push(milliseconds([LIBRARY])),
    ];
    (round % 2 === 0 ? runs : runs.reverse()).forEach(run => run());
  }
  const share = median(times.library.map((time, round) => time / times.cdk[round]));
  console.log(
    `${files.length} files of the CDK: ${median(times.cdk).toFixed(0)} ms; the library, which loads them too: ${median(times.library).toFixed(0)} ms, ${share.toFixed(3)} of it`,
  );
}

main();
