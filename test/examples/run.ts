import { existsSync, mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import * as cdk from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import * as ts from 'typescript';
import * as library from '../../src';
import { Scan, scanOf } from '../scanners/scan';
import { ROOT } from '../support/packed';

const EXAMPLES = join(ROOT, 'examples');
const ACCOUNT = '111122223333';

/** The examples in TypeScript, by the names of their folders. */
export const examples = readdirSync(EXAMPLES).filter(name => existsSync(join(EXAMPLES, name, 'typescript', 'app.ts'))).sort();

/** What became of an example. */
export interface ExampleRun {
  readonly scan: Scan;
  /** The folder of its cloud assembly. */
  readonly assembly: string;
}

/**
 * Runs an example as if it were deployed to Regions: stacks without a Region are in the first one, and the Regions that
 * it names become these, in the order in which it names them. The scanners look at it, and the proof does.
 */
export function runExample(name: string, regions: readonly string[]): ExampleRun {
  const apps: Array<{ readonly app: cdk.App; readonly scan: () => Scan }> = [];
  const regionFor = replacements(name, regions);
  class ExampleApp extends cdk.App {
    constructor(props?: cdk.AppProps) {
      super({ ...props, outdir: mkdtempSync(join(tmpdir(), `${name}-`)), analyticsReporting: false });
      apps.push({ app: this, scan: scanOf(this) });
    }
  }
  class ExampleStack extends cdk.Stack {
    constructor(scope?: Construct, id?: string, props?: cdk.StackProps) {
      const stage = cdk.Stage.isStage(scope) ? scope : scope && cdk.Stage.of(scope);
      const account = props?.env?.account ?? stage?.account ?? ACCOUNT;
      super(scope, id, { ...props, env: { account, region: regionFor(props?.env?.region ?? stage?.region) } });
    }
  }
  load(join(EXAMPLES, name, 'typescript', 'app.ts'), { ...cdk, App: ExampleApp, Stack: ExampleStack });
  if (apps.length !== 1) { throw new Error(`${name} made ${apps.length} apps`); }
  return { scan: apps[0].scan(), assembly: apps[0].app.outdir };
}

/** What each Region that an example names is replaced by. */
function replacements(name: string, regions: readonly string[]): (region: string | undefined) => string {
  const replaced = new Map<string, string>();
  return region => {
    if (region === undefined || cdk.Token.isUnresolved(region)) { return regions[0]; }
    if (!replaced.has(region)) { replaced.set(region, regions[replaced.size]); }
    const replacement = replaced.get(region);
    if (replacement === undefined) { throw new Error(`${name} needs ${replaced.size} Regions, and there are ${regions.length}`); }
    return replacement;
  };
}

/** Runs a program with the sources as the library, and a CDK of ours. */
function load(file: string, core: object): unknown {
  const { outputText } = ts.transpileModule(readFileSync(file, 'utf8'), { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } });
  const exported = {};
  const find = (name: string): unknown => {
    if (name.startsWith('.')) { return load(`${resolve(dirname(file), name)}.ts`, core); }
    return name === 'aws-cdk-lib' ? core : name === 'cdk-private-ec2-s3-access' ? library : jest.requireActual(name);
  };
  new Function('require', 'exports', '__dirname', '__filename', outputText)(find, exported, dirname(file), file);
  return exported;
}
