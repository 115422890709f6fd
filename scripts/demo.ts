import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Template, explain } from './explain';
import { Summarized, summary } from './summary';
import { ROOT, build, consumerProject, packedLibrary, runIn } from '../test/support/packed';

const EXAMPLE = join(ROOT, 'examples', 'quick-start', 'typescript');
const DEMO = join(ROOT, '.demo', 'quick-start');
const TEMPLATE = join(DEMO, 'cdk.out', 'QuickStart.template.json');
const COMMAND = join('node_modules', 'cdk-private-ec2-s3-access', 'lib', 'cli', 'main.js');

const REPORT = join(DEMO, 'report');
const STATEMENTS = join(REPORT, 'statements.txt');

/** Builds and packs the library, synthesizes the quick start from the package, and ends with one screen about what that is. */
function main(): void {
  step('1/4 build the library for every language (jsii)', build);
  step('2/4 pack it as npm would publish it', packedLibrary);
  step('3/4 synthesize examples/quick-start with the CDK CLI, without AWS credentials', synthesize);
  step('4/4 prove it, and write the report', () => runIn(DEMO, process.execPath, [COMMAND, 'report', '--out', REPORT]));
  const template = readJson<Template>(TEMPLATE);
  writeFileSync(STATEMENTS, `${explain(template).join('\n')}\n`);
  const files = [
    {
      path: fromHere(inReport('.html')),
      holds: 'the access report: picture, matrix, proof and controls, in a browser',
    },
    { path: fromHere(STATEMENTS), holds: 'every policy statement, in a line' },
  ];
  console.log([...summary(readJson<Summarized>(inReport('.json')), template, files), '', ...toDeploy()].join('\n'));
}

function toDeploy(): string[] {
  return [
    'Nothing was deployed. To deploy it to the account of your AWS credentials:',
    `  cd ${fromHere(DEMO)} && npx cdk bootstrap && npx cdk deploy`,
  ];
}

/** The file of the report with an extension; the quick start has one workload. */
function inReport(extension: string): string {
  return join(
    REPORT,
    readdirSync(REPORT).find(name => name.endsWith(extension))!,
  );
}

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}

function fromHere(path: string): string {
  return relative(process.cwd(), path);
}

function synthesize(): void {
  rmSync(DEMO, { recursive: true, force: true });
  mkdirSync(DEMO, { recursive: true });
  cpSync(EXAMPLE, DEMO, { recursive: true });
  consumerProject('aws-cdk-lib', DEMO);
  runIn(DEMO, 'npx', ['cdk', 'synth', '--quiet']);
  if (!existsSync(TEMPLATE)) {
    throw new Error('cdk synth left no template');
  }
}

function step(title: string, work: () => unknown): void {
  process.stdout.write(`${title} ... `);
  const start = Date.now();
  work();
  process.stdout.write(`${((Date.now() - start) / 1000).toFixed(1)} s\n`);
}

main();
