import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Template, explain } from './explain';
import { ROOT, build, consumerProject, packedLibrary, runIn } from '../test/support/packed';

const EXAMPLE = join(ROOT, 'examples', 'quick-start', 'typescript');
const DEMO = join(ROOT, '.demo', 'quick-start');

/**
 * Builds and packs the library, synthesizes the quick start from the package with the CDK CLI, and explains and
 * proves the result.
 */
function main(): void {
  step('1/3 build the library for every language (jsii)', build);
  step('2/3 pack it as npm would publish it', packedLibrary);
  step('3/3 synthesize examples/quick-start with the CDK CLI, without AWS credentials', synthesize);
  const file = join(DEMO, 'cdk.out', 'QuickStart.template.json');
  const template = JSON.parse(readFileSync(file, 'utf8')) as Template;
  console.log(['', ...explain(template), ''].join('\n'));
  const command = join('node_modules', 'cdk-private-ec2-s3-access', 'lib', 'cli', 'main.js');
  console.log(runIn(DEMO, process.execPath, [command, 'prove']));
  runIn(DEMO, process.execPath, [command, 'report', '--out', 'report']);
  const pages = readdirSync(join(DEMO, 'report')).filter(name => name.endsWith('.html'));
  pages.forEach(name =>
    console.log(`The access report, to open in a browser: ${relative(process.cwd(), join(DEMO, 'report', name))}`),
  );
  console.log(`The template: ${relative(process.cwd(), file)}`);
  console.log(
    `Nothing was deployed. To deploy it to the account of your AWS credentials: (cd ${relative(process.cwd(), DEMO)} && npx cdk bootstrap && npx cdk deploy)`,
  );
}

function synthesize(): void {
  rmSync(DEMO, { recursive: true, force: true });
  mkdirSync(DEMO, { recursive: true });
  cpSync(EXAMPLE, DEMO, { recursive: true });
  consumerProject('aws-cdk-lib', DEMO);
  runIn(DEMO, 'npx', ['cdk', 'synth', '--quiet']);
  if (!existsSync(join(DEMO, 'cdk.out', 'QuickStart.template.json'))) {
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
