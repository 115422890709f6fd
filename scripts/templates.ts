import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ROOT, consumerProject, copyInto, synthesizeApp, templatesOf } from '../test/support/packed';
import { everyOption, quickStart, s3ManagedThroughInterface } from '../test/support/scenarios';

const OUT = join(ROOT, '.work', 'templates');
const EXAMPLES = join(ROOT, 'examples');
const REGIONS = ['us-east-1', 'cn-north-1', 'us-gov-west-1'];
const SCENARIOS = { quickStart, everyOption, s3ManagedThroughInterface };

/** Writes the templates of every example and of every test scenario, the latter for a Region of each partition, for linters. */
function main(): void {
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT, { recursive: true });
  const project = consumerProject();
  for (const example of readdirSync(EXAMPLES)) {
    const folder = copyInto(project, join(EXAMPLES, example, 'typescript'));
    Object.entries(templatesOf(synthesizeApp(project, 'npx tsx app.ts', folder).assembly))
      .forEach(([stack, template]) => write(`example-${stack}`, template));
  }
  rmSync(project.directory, { recursive: true });
  for (const [name, define] of Object.entries(SCENARIOS)) {
    for (const region of REGIONS) {
      const stack = new Stack(new App(), 'Linted', { env: { account: '111122223333', region } });
      define(stack);
      write(`${name}-${region}`, Template.fromStack(stack).toJSON());
    }
  }
}

function write(name: string, template: unknown): void {
  const file = join(OUT, `${name}.template.json`);
  writeFileSync(file, JSON.stringify(template, undefined, 1));
  console.log(file);
}

main();
