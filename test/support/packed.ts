import { execFileSync, spawnSync } from 'child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, renameSync, rmSync, rmdirSync, statSync, symlinkSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join, resolve } from 'path';

/** The folder of the library. */
export const ROOT = realpathSync(resolve(__dirname, '..', '..'));

const PACKAGE = 'cdk-private-ec2-s3-access';

/** The versions of the CDK that are installed beside the library: the oldest that it supports, and the newest. */
export type CdkVersion = 'aws-cdk-lib' | 'aws-cdk-lib-newest';

/** A project of a user of the library, with the package as npm would install it. */
export interface ConsumerProject {
  /** The folder of the project; whoever made it removes it. */
  readonly directory: string;
}

/** How an app ended, and where its cloud assembly is. */
export interface SynthesizedApp {
  readonly assembly: string;
  readonly stdout: string;
  readonly stderr: string;
}

/** Compiles the library with jsii, unless what is there is newer than the sources. */
export function build(): void {
  if (!isStale()) { return; }
  whileLocked(`${PACKAGE}-build`, () => {
    if (!isStale()) { return; }
    const jsii = [join(ROOT, 'node_modules', 'jsii', 'bin', 'jsii'), '--silence-warnings=reserved-word'];
    run(process.execPath, jsii, ROOT, { JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: process.versions.node.split('.')[0] });
  });
}

/** jsii writes its manifest last, so an interrupted build is stale. */
function isStale(): boolean {
  const manifest = join(ROOT, '.jsii');
  if (!existsSync(manifest) || !existsSync(join(ROOT, 'lib', 'index.js'))) { return true; }
  return [join(ROOT, 'package.json'), ...filesIn(join(ROOT, 'src'))].some(file => statSync(file).mtimeMs > statSync(manifest).mtimeMs);
}

function filesIn(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' }).map(name => join(directory, name)).filter(file => file.endsWith('.ts'));
}

/**
 * The library as it is published: built, packed by npm and unpacked. Packed once for each build, also by several processes.
 *
 * @returns the folder of the unpacked package
 */
export function packedLibrary(): string {
  build();
  const builtAt = Math.round(statSync(join(ROOT, '.jsii')).mtimeMs);
  const home = join(tmpdir(), `${PACKAGE}-${Buffer.from(ROOT).toString('base64url').slice(-24)}-${builtAt}`);
  const unpacked = join(home, 'package');
  if (!existsSync(unpacked)) { whileLocked(`${PACKAGE}-pack`, () => existsSync(unpacked) || pack(home)); }
  return unpacked;
}

function pack(home: string): void {
  const work = mkdtempSync(join(tmpdir(), `${PACKAGE}-packing-`));
  run('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', work], ROOT);
  const [tarball] = readdirSync(work).filter(name => name.endsWith('.tgz'));
  run('tar', ['-xzf', join(work, tarball), '-C', work], work);
  mkdirSync(home, { recursive: true });
  renameSync(join(work, 'package'), join(home, 'package'));
  rmSync(work, { recursive: true });
}

/**
 * A new project that depends on the packed library, on a version of the CDK and on `constructs`, without a network.
 *
 * The tools of its scripts (`tsx`, `cdk`) are there too.
 */
export function consumerProject(cdk: CdkVersion = 'aws-cdk-lib'): ConsumerProject {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'consumer-')));
  const link = (name: string, target = name) => {
    mkdirSync(dirname(join(directory, 'node_modules', name)), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', target), join(directory, 'node_modules', name));
  };
  link('aws-cdk-lib', cdk);
  ['constructs', '@types/node', 'tsx', 'aws-cdk', 'typescript', '.bin'].forEach(name => link(name));
  cpSync(packedLibrary(), join(directory, 'node_modules', PACKAGE), { recursive: true });
  return { directory };
}

/**
 * Runs an app of a project, as the CDK CLI would, and fails when the app does. The CDK's own validation is on.
 *
 * @param command the command line of the app, such as `node app.js`
 */
export function synthesizeApp({ directory }: ConsumerProject, command: string, workingDirectory = directory): SynthesizedApp {
  const assembly = join(workingDirectory, 'cdk.out');
  const environment: NodeJS.ProcessEnv = { ...process.env, CDK_OUTDIR: assembly };
  for (const name of Object.keys(environment)) {
    if (/^(CDK_VALIDATION$|CDK_CONTEXT|CDK_DEFAULT_|AWS_|NODE_OPTIONS$|JEST_)/.test(name)) { delete environment[name]; }
  }
  const { status, stdout, stderr } = spawnSync(command, {
    cwd: workingDirectory,
    env: { ...environment, AWS_EC2_METADATA_DISABLED: 'true', PATH: `${join(directory, 'node_modules', '.bin')}:${process.env.PATH}` },
    encoding: 'utf8',
    shell: true,
  });
  if (status !== 0) { throw new Error(`${command} ended with ${status}\n${stdout}\n${stderr}`); }
  return { assembly, stdout, stderr };
}

/** The templates of a cloud assembly, by the ids of their stacks; those of stages included. */
export function templatesOf(assembly: string): Record<string, { Resources: Record<string, { Type: string }> }> {
  const names = readdirSync(assembly, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.template.json')).sort();
  return Object.fromEntries(names.map(name => [name.replace('.template.json', ''), JSON.parse(readFileSync(join(assembly, name), 'utf8'))]));
}

function run(command: string, args: string[], cwd: string, environment: NodeJS.ProcessEnv = {}): void {
  try {
    execFileSync(command, args, { cwd, env: { ...process.env, ...environment }, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`${command} ${args.join(' ')}\n${stdout}\n${stderr}`, { cause: error });
  }
}

/** Test files run in processes of their own: only one of them builds or packs at a time. */
function whileLocked(name: string, action: () => unknown): void {
  const lock = join(tmpdir(), `${name}.lock`);
  while (!tryLock(lock)) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  }
  try {
    action();
  } finally {
    rmdirSync(lock);
  }
}

/** A lock that is ten minutes old was left behind. */
function tryLock(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > 600_000) { rmSync(lock, { recursive: true, force: true }); }
    return false;
  }
}
