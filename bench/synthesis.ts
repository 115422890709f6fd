import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { consumerProject } from '../test/support/packed';

const ROUNDS = 15;

/**
 * The quick start of the README, in JavaScript: compiling TypeScript would make every synthesis longer, and the proof
 * look cheaper.
 */
const APP = `
const { App, Stack } = require('aws-cdk-lib');
const { BucketAccess, DataBucketSource, PrivateEc2S3Access } = require('cdk-private-ec2-s3-access');
const stack = new Stack(new App(), 'Training');
new PrivateEc2S3Access(stack, 'App', {
  dataBuckets: {
    UserData: DataBucketSource.create({ access: [BucketAccess.readWrite()] }),
    Datasets: DataBucketSource.create({ access: [BucketAccess.readOnly('datasets/')] }),
  },
  proveAtSynthesis: process.env.PROVE === 'true',
});
`;

const WAYS: ReadonlyArray<readonly [name: string, command: readonly string[], env: Readonly<Record<string, string>>]> =
  [
    ['cdk synth', ['node_modules/.bin/cdk', 'synth', '--quiet'], {}],
    [
      "cdk synth, without the CDK's own validation",
      ['node_modules/.bin/cdk', 'synth', '--quiet'],
      { CDK_VALIDATION: 'false' },
    ],
  ];

/** Milliseconds of wall time of one synthesis in a new process. */
function synthesis(directory: string, command: readonly string[], env: Readonly<Record<string, string>>): number {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, command, {
    cwd: directory,
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the synthesis failed: ${stderr}`);
  return Number(process.hrtime.bigint() - start) / 1e6;
}

function median(figures: readonly number[]): number {
  return [...figures].sort((left, right) => left - right)[Math.floor(figures.length / 2)];
}

/** Both in turns, each first as often as the other, so that what else the machine does hits both. */
function compare(
  directory: string,
  name: string,
  command: readonly string[],
  env: Readonly<Record<string, string>>,
): void {
  const without: number[] = [];
  const withProof: number[] = [];
  const runs = [
    () => without.push(synthesis(directory, command, { ...env, PROVE: 'false' })),
    () => withProof.push(synthesis(directory, command, { ...env, PROVE: 'true' })),
  ];
  for (let round = 0; round <= ROUNDS; round++) {
    for (const run of round % 2 === 0 ? runs : [...runs].reverse()) run();
    if (round === 0) [without, withProof].forEach(figures => figures.splice(0));
  }
  const share = median(withProof.map((figure, round) => figure / without[round] - 1));
  const added = median(withProof.map((figure, round) => figure - without[round]));
  console.log(
    `${name}: without the proof ${median(without).toFixed(0)} ms, with it ${median(withProof).toFixed(0)} ms; ` +
      `it adds ${(100 * share).toFixed(1)} % (${added.toFixed(0)} ms; medians of ${ROUNDS} pairs)`,
  );
}

function main(): void {
  const { directory } = consumerProject();
  try {
    writeFileSync(join(directory, 'app.js'), APP);
    writeFileSync(join(directory, 'cdk.json'), JSON.stringify({ app: 'node app.js' }));
    for (const way of WAYS) compare(directory, ...way);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

main();
