import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { InstalledProject, install, outFolder } from '../test/languages/support/projects';
import { ROOT } from '../test/support/packed';

const ROUNDS = 11;
const APPS = join(ROOT, 'bench', 'languages');

/** A way to define the resources of the quick start in Python. */
interface Way {
  readonly name: string;
  readonly app: string;
  readonly prove: boolean;
  /** Whether it defines the resources of the quick start. */
  readonly complete: boolean;
}

const WAYS: readonly Way[] = [
  { name: 'by hand', app: 'by_hand.py', prove: false, complete: true },
  { name: 'the library, without its proof', app: 'by_library.py', prove: false, complete: true },
  { name: 'the library, with its proof', app: 'by_library.py', prove: true, complete: true },
  { name: 'one resource of each module, which no way can be below', app: 'modules.py', prove: false, complete: false },
  { name: 'an empty stack', app: 'empty.py', prove: false, complete: false },
];

/** What one run took, and what it left. */
interface Run {
  readonly milliseconds: number;
  readonly stdout: string;
  readonly assembly: string;
}

function runApp(project: InstalledProject, { app, prove }: Way, before: string[] = []): Run {
  const assembly = outFolder(project, 'bench');
  const env = {
    ...process.env,
    CDK_OUTDIR: assembly,
    CDK_VALIDATION: 'false',
    JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20',
    PROVE: String(prove),
  };
  const start = process.hrtime.bigint();
  const { status, stdout, stderr } = spawnSync(
    join(project.directory, '.venv', 'bin', 'python'),
    [...before, join(APPS, app)],
    { env, encoding: 'utf8' },
  );
  if (status !== 0) {
    throw new Error(`${app} failed: ${stderr}`);
  }
  return { milliseconds: Number(process.hrtime.bigint() - start) / 1e6, stdout, assembly };
}

/** How many requests to the kernel of jsii an app makes. */
function kernelCalls(project: InstalledProject, way: Way): number {
  return Number(
    runApp(project, way, [join(APPS, 'count_calls.py')])
      .stdout.trim()
      .split('\n')
      .at(-1),
  );
}

/** The types of the resources, and how many statements their policies have: both ways must define the same. */
function contents({ assembly }: Run): string {
  const { Resources } = JSON.parse(readFileSync(join(assembly, 'Training.template.json'), 'utf8'));
  const resources = Object.values<{ Type: string; Properties: Record<string, { Statement?: unknown[] }> }>(Resources);
  return resources
    .map(
      ({ Type, Properties }) =>
        `${Type} ${(Properties.PolicyDocument ?? Properties.KeyPolicy)?.Statement?.length ?? ''}`,
    )
    .sort()
    .join('\n');
}

function median(figures: readonly number[]): number {
  return [...figures].sort((left, right) => left - right)[Math.floor(figures.length / 2)];
}

/** All ways in turns, each first as often as the others, so that what else the machine does hits all. */
function main(): void {
  const project = install('python');
  try {
    if (new Set(WAYS.filter(({ complete }) => complete).map(way => contents(runApp(project, way)))).size !== 1) {
      throw new Error('the ways do not define the same resources');
    }
    const times = WAYS.map((): number[] => []);
    for (let round = 0; round < ROUNDS; round++) {
      WAYS.map((_, index) => (index + round) % WAYS.length).forEach(index =>
        times[index].push(runApp(project, WAYS[index]).milliseconds),
      );
    }
    WAYS.forEach((way, index) => {
      const share = median(times[index].map((time, round) => time / times[0][round]));
      console.log(
        `${way.name}: ${kernelCalls(project, way)} kernel calls, ${median(times[index]).toFixed(0)} ms, ${share.toFixed(2)} of by hand`,
      );
    });
  } finally {
    rmSync(project.directory, { recursive: true, force: true });
  }
}

main();
