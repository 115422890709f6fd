import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ROOT } from '../test/support/packed';
import { everyOption, quickStart, s3ManagedThroughInterface } from '../test/support/scenarios';

const OUT = join(ROOT, '.work', 'templates');
const REGIONS = ['us-east-1', 'cn-north-1', 'us-gov-west-1', 'eusc-de-east-1'];
const SCENARIOS = { quickStart, everyOption, s3ManagedThroughInterface };

/** Writes the templates of every test scenario, for a Region of each partition, for linters. */
function main(): void {
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT, { recursive: true });
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
