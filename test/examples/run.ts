import { existsSync, mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import * as cdk from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import * as ts from 'typescript';
import * as library from '../../src';
import { S3_PREFIX_LISTS } from '../../src/base';
import { Scan, scanOf } from '../scanners/scan';
import { ROOT } from '../support/packed';

const EXAMPLES = join(ROOT, 'examples');
const ACCOUNT = '111122223333';

/** The examples in TypeScript, by the names of their folders. */
export const examples = readdirSync(EXAMPLES)
  .filter(name => existsSync(join(EXAMPLES, name, 'typescript', 'app.ts')))
  .sort();

/** What became of an example. */
export interface ExampleRun {
  readonly scan: Scan;
  /** The folder of its cloud assembly. */
  readonly assembly: string;
}

/**
 * Runs an example as if it were deployed to Regions of a partition: stacks without a Region are in the first one, and
 * the Regions and the partition that it names become these, in the order in which it names them. The scanners look at
 * it.
 */
export function runExample(name: string, partition: string, regions: readonly string[]): ExampleRun {
  const apps: Array<{ readonly app: cdk.App; readonly scan: () => Scan }> = [];
  class ExampleApp extends cdk.App {
    constructor(props?: cdk.AppProps) {
      super({ ...props, outdir: mkdtempSync(join(tmpdir(), `${name}-`)), analyticsReporting: false });
      apps.push({ app: this, scan: scanOf(this) });
    }
  }
  class ExampleStack extends cdk.Stack {
    constructor(scope?: Construct, id?: string, props?: cdk.StackProps) {
      const stage = cdk.Stage.isStage(scope) ? scope : scope && cdk.Stage.of(scope);
      const env = {
        account: props?.env?.account ?? stage?.account ?? ACCOUNT,
        region: props?.env?.region ?? stage?.region ?? regions[0],
      };
      super(scope, id, { ...props, env });
    }
  }
  const program = join(EXAMPLES, name, 'typescript', 'app.ts');
  load(program, { ...cdk, App: ExampleApp, Stack: ExampleStack }, text => elsewhere(text, partition, regions));
  if (apps.length !== 1) {
    throw new Error(`${name} made ${apps.length} apps`);
  }
  return { scan: apps[0].scan(), assembly: apps[0].app.outdir };
}

/**
 * A program whose Regions are replaced by others, and by the last of them where there are too few, and its partition
 * and the prefix list of S3 too.
 */
function elsewhere(program: string, partition: string, regions: readonly string[]): string {
  const named = [...new Set(program.match(/\b(us|eu|ap)-[a-z]+-\d/g))];
  return program
    .replace(/\b(us|eu|ap)-[a-z]+-\d/g, region => regions[Math.min(named.indexOf(region), regions.length - 1)])
    .replace(/\bpl-[0-9a-f]{8}\b/g, prefixList => S3_PREFIX_LISTS.get(regions[0]) ?? prefixList)
    .replaceAll('arn:aws:', `arn:${partition}:`);
}

/** Runs a program with the sources as the library, and a CDK of ours. */
function load(file: string, core: object, change: (program: string) => string): unknown {
  const { outputText } = ts.transpileModule(change(readFileSync(file, 'utf8')), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const exported = {};
  const find = (name: string): unknown => {
    if (name.startsWith('.')) {
      return load(`${resolve(dirname(file), name)}.ts`, core, change);
    }
    return name === 'aws-cdk-lib' ? core : name === 'cdk-private-ec2-s3-access' ? library : jest.requireActual(name);
  };
  new Function('require', 'exports', '__dirname', '__filename', outputText)(find, exported, dirname(file), file);
  return exported;
}
