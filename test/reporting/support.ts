import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack, StackProps } from 'aws-cdk-lib';
import { Report, reportsOf } from '../../src/reporting/model/report';

/** Does something with the cloud assembly of an app of one stack, which is removed afterwards. */
export function withAssembly<T>(
  define: (stack: Stack) => unknown,
  use: (directory: string) => T,
  props?: StackProps,
): T {
  const outdir = mkdtempSync(join(tmpdir(), 'report-'));
  try {
    const app = new App({ outdir });
    define(new Stack(app, 'Training', props));
    return use(app.synth().directory);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** The report about the one workload of a stack. */
export function reportOn(define: (stack: Stack) => unknown, props?: StackProps): Report {
  const [report, ...others] = withAssembly(define, reportsOf, props);
  expect(others).toEqual([]);
  return report;
}
