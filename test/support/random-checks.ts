import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { CfnKey } from 'aws-cdk-lib/aws-kms';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import fc from 'fast-check';
import { DeployedStack } from './deployed';
import { define, RandomApp, randomApps } from './random-apps';
import { PrivateEc2S3Access } from '../../src';
import { isRefusal } from '../../src/base';
import { decide } from '../../src/iam';
import { Where, Who, World } from '../policy-matrix/world';

/** What is wrong with a configuration. */
export interface Fault {
  readonly kind: 'crash' | 'refused by the proof' | 'differs' | 'ids move' | 'decided otherwise';
  readonly what: string;
}

/** How a configuration came out: `declined` by the construct, or with its faults. */
export interface Outcome {
  readonly config: RandomApp;
  readonly declined?: string;
  readonly faults: readonly Fault[];
}

/** Tries COUNT configurations, the same ones for the same seed. */
export function* outcomes(seed: number, count: number): Generator<Outcome> {
  for (const config of fc.sample(randomApps, { seed, numRuns: count })) {
    yield outcomeOf(config);
  }
}

interface Built {
  readonly app: App;
  readonly templates: Readonly<Record<string, string>>;
  readonly errors: readonly string[];
  readonly judged: readonly Fault[];
}

function outcomeOf(config: RandomApp): Outcome {
  try {
    const built = build(config);
    const refused = built.errors.map((what): Fault => ({ kind: 'refused by the proof', what }));
    return {
      config,
      faults: [...refused, ...differences(config, built), ...moved(config, built), ...built.judged],
    };
  } catch (error) {
    return isDeclined(error)
      ? { config, declined: (error as Error).message, faults: [] }
      : { config, faults: [{ kind: 'crash', what: String((error as Error).stack) }] };
  }
}

/** The construct says what is allowed; the CDK has rules of its own, say for ids. */
function isDeclined(error: unknown): boolean {
  return isRefusal(error) || /ValidationError|UnscopedValidationError/.test((error as Error).name);
}

function build(config: RandomApp, isShuffled = false, isProven = true): Built {
  const outdir = mkdtempSync(join(tmpdir(), 'random-'));
  const app = new App({ outdir, analyticsReporting: false, treeMetadata: false });
  try {
    const workloads = define(app, config, isShuffled);
    const judgement = isProven ? () => judged(config, workloads) : () => [];
    const errors = silently(() => synthesized(app, outdir, isProven));
    const files = readdirSync(outdir).filter(name => name.endsWith('.template.json'));
    const templates = Object.fromEntries(files.map(name => [name, readFileSync(join(outdir, name), 'utf8')]));
    return { app, templates, errors, judged: judgement() };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

function synthesized(app: App, outdir: string, isProven: boolean): readonly string[] {
  if (!isProven) {
    app._validationPlugins.length = 0;
  }
  try {
    app.synth();
  } catch (error) {
    if (!/Validation failed/.test(String(error))) {
      throw error;
    }
  }
  const file = join(outdir, 'validation-report.json');
  const { pluginReports = [] } = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Report) : {};
  const own = pluginReports.filter(({ pluginName }) => pluginName === 'cdk-private-ec2-s3-access');
  return own.flatMap(({ violations = [] }) =>
    violations.map(({ severity, ruleName, description }) => `${severity} ${ruleName}: ${description}`),
  );
}

interface Report {
  readonly pluginReports?: ReadonlyArray<{
    readonly pluginName?: string;
    readonly violations?: ReadonlyArray<Readonly<Record<'severity' | 'ruleName' | 'description', string>>>;
  }>;
}

/** The CDK prints what its plugins report. */
function silently<T>(action: () => T): T {
  const { write } = process.stderr;
  const { error } = console;
  process.stderr.write = () => true;
  console.error = () => undefined;
  try {
    return action();
  } finally {
    process.stderr.write = write;
    console.error = error;
  }
}

/** Built again, with the keys of its objects in another order. */
function differences(config: RandomApp, { templates }: Built): readonly Fault[] {
  const again = build(config, true, false).templates;
  const names = Object.keys(templates).filter(each => templates[each] !== again[each]);
  return names.map(what => ({ kind: 'differs', what }));
}

/** Buckets and keys stay what they are, whatever becomes of instances and of who logs in. */
function moved(config: RandomApp, { app }: Built): readonly Fault[] {
  const workloads = config.workloads.map(each => ({
    ...each,
    compute: each.compute === 'instance' ? ('fleet' as const) : ('instance' as const),
    remote: 'none' as const,
    awsOwned: [],
  }));
  const before = statefulIn(app);
  const after = new Set(statefulIn(build({ ...config, workloads }, false, false).app));
  return before.filter(id => !after.has(id)).map(what => ({ kind: 'ids move', what }));
}

function statefulIn(app: App): readonly string[] {
  return app.node
    .findAll()
    .filter(each => each instanceof CfnBucket || each instanceof CfnKey)
    .filter(each => !/SessionLogs/.test(each.node.path))
    .map(each => `${Stack.of(each).stackName} ${String(Stack.of(each).resolve((each as CfnBucket).logicalId))}`);
}

const REQUESTS: ReadonlyArray<readonly [Who, Where, action: string]> = [
  ['workload', 'internet', 's3:GetObject'],
  ['workload', 'other endpoint', 's3:PutObject'],
  ['stranger', 'internet', 's3:GetObject'],
  ['admin', 'instance', 's3:GetObject'],
  ['anybody', 'internet', 's3:GetObject'],
];

/** What the request matrix says of a workload alone in its stack, whose buckets are its own. */
function judged(config: RandomApp, workloads: readonly PrivateEc2S3Access[]): readonly Fault[] {
  const [{ buckets, vpc, role, endpoint, encryption }] = config.workloads;
  const isAlone = config.workloads.length === 1 && buckets.every(({ source }) => source === 'new');
  if (!isAlone || [vpc, role].some(each => each !== 'new') || endpoint !== 'gateway' || /another/.test(encryption)) {
    return [];
  }
  const stack = new DeployedStack(Stack.of(workloads[0]));
  if (stack.account !== '111122223333' || Stack.of(workloads[0]).region !== 'us-east-1') {
    return [];
  }
  const world = new World({ stack });
  return stack.ids('AWS::S3::Bucket', 'DataBuckets').flatMap(name =>
    REQUESTS.flatMap(([who, where, action]): readonly Fault[] => {
      const what = { action, bucket: name, key: 'a/object' };
      const { verdict } = decide(world.request(who, where, what), world.policies(who, where, what));
      return verdict === 'Allowed' ? [{ kind: 'decided otherwise', what: `${who} ${where} ${action} ${name}` }] : [];
    }),
  );
}
