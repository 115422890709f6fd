import { execFileSync, spawnSync } from 'child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  rmdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'fs';
import { tmpdir } from 'os';
import { basename, dirname, join, relative, resolve } from 'path';

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
  if (!isStale()) {
    return;
  }
  whileLocked(`${PACKAGE}-build`, () => {
    if (!isStale()) {
      return;
    }
    process.env.JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION ??= process.versions.node.split('.')[0];
    runIn(ROOT, 'npm', ['run', '--silent', 'compile']);
  });
}

/** jsii writes its manifest last, so an interrupted build is stale. */
function isStale(): boolean {
  const manifest = join(ROOT, '.jsii');
  if (!existsSync(manifest) || !existsSync(join(ROOT, 'lib', 'index.js'))) {
    return true;
  }
  return [join(ROOT, 'package.json'), join(ROOT, 'README.md'), ...filesIn(join(ROOT, 'src'))].some(
    file => statSync(file).mtimeMs > statSync(manifest).mtimeMs,
  );
}

function filesIn(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map(name => join(directory, name))
    .filter(file => file.endsWith('.ts'));
}

/**
 * The library as it is published: built, packed by npm and unpacked. Packed once for each build, also by several
 * processes.
 *
 * @returns the folder of the unpacked package
 */
export function packedLibrary(): string {
  build();
  const builtAt = Math.round(statSync(join(ROOT, '.jsii')).mtimeMs);
  const prefix = `${PACKAGE}-${Buffer.from(ROOT).toString('base64url').slice(-24)}-`;
  const home = join(tmpdir(), `${prefix}${builtAt}`);
  const unpacked = join(home, 'package');
  if (!existsSync(unpacked)) {
    whileLocked(`${PACKAGE}-pack`, () => existsSync(unpacked) || pack(home, prefix));
  }
  return unpacked;
}

function pack(home: string, prefix: string): void {
  const earlier = readdirSync(tmpdir())
    .filter(each => each.startsWith(prefix))
    .map(each => join(tmpdir(), each));
  earlier
    .filter(each => Date.now() - statSync(each).mtimeMs > 3_600_000)
    .forEach(each => rmSync(each, { recursive: true, force: true }));
  const work = mkdtempSync(join(tmpdir(), `${PACKAGE}-packing-`));
  runIn(ROOT, 'npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', work]);
  const [tarball] = readdirSync(work).filter(name => name.endsWith('.tgz'));
  runIn(work, 'tar', ['-xzf', tarball]);
  mkdirSync(home, { recursive: true });
  renameSync(join(work, 'package'), join(home, 'package'));
  rmSync(work, { recursive: true });
}

/**
 * A project that depends on the packed library, on a version of the CDK and on `constructs`, without a network. The
 * tools of its scripts (`tsx`, `cdk`) are there too.
 *
 * @param cdk the version of the CDK
 * @param folder the folder of the project; a new temporary one unless it is named
 */
export function consumerProject(
  cdk: CdkVersion = 'aws-cdk-lib',
  folder = mkdtempSync(join(tmpdir(), 'consumer-')),
): ConsumerProject {
  const directory = realpathSync(folder);
  const modules = join(directory, 'node_modules');
  rmSync(modules, { recursive: true, force: true });
  const link = (name: string, target = name) => {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', target), join(modules, name));
  };
  link('aws-cdk-lib', cdk);
  ['constructs', '@types/node', 'tsx', 'aws-cdk', 'typescript', '.bin'].forEach(name => link(name));
  cpSync(packedLibrary(), join(modules, PACKAGE), { recursive: true });
  return { directory };
}

/**
 * Copies the folder of an app into a project, where its imports are found.
 *
 * @returns the copy; the folder itself where it is in the project already
 */
export function copyInto({ directory }: ConsumerProject, folder: string): string {
  if (!relative(directory, folder).startsWith('..')) {
    return folder;
  }
  const copy = join(directory, relative(ROOT, folder).replace(/[^\w-]+/g, '_'));
  cpSync(folder, copy, { recursive: true, filter: source => !['node_modules', 'cdk.out'].includes(basename(source)) });
  return copy;
}

/**
 * Runs an app of a project, as the CDK CLI would, and fails when the app does. The CDK's own validation is on.
 *
 * @param command the command line of the app, such as `node app.js`
 * @param folder the folder of the app, which is copied into the project unless it is there; the project's own by
 * default
 */
export function synthesizeApp(project: ConsumerProject, command: string, folder = project.directory): SynthesizedApp {
  const cwd = copyInto(project, folder);
  const assembly = join(cwd, 'cdk.out');
  const path = `${join(project.directory, 'node_modules', '.bin')}:${process.env.PATH}`;
  const env = { ...withoutAws(), CDK_OUTDIR: assembly, PATH: path };
  const { status, stdout, stderr } = spawnSync(command, { cwd, env, encoding: 'utf8', shell: true });
  if (status !== 0) {
    throw new Error(`${command} ended with ${status}\n${stdout}\n${stderr}`);
  }
  return { assembly, stdout, stderr };
}

/** Runs programs one after the other, each as if it were alone: the process ends for it when the next one starts. */
const RUNNER = `
const { dirname, join } = require('node:path');
for (const program of process.argv.slice(2)) {
  process.chdir(dirname(program));
  process.env.CDK_OUTDIR = join(dirname(program), 'cdk.out');
  try {
    require(program);
    process.emit('beforeExit', 0);
  } catch (error) {
    console.error(error);
  }
  console.error('\\nEND OF PROGRAM');
}
`;

/**
 * Runs apps of a project in one process, so that the CDK is loaded once. The CDK's own validation is on.
 *
 * @returns where the assembly of each is, and what it printed on its standard error, by the folder that was named
 */
export function synthesizeTogether(
  project: ConsumerProject,
  folders: readonly string[],
  program: string,
): ReadonlyMap<string, Pick<SynthesizedApp, 'assembly' | 'stderr'>> {
  const copies = folders.map(folder => copyInto(project, folder));
  const runner = join(project.directory, 'runner.cjs');
  writeFileSync(runner, RUNNER);
  const { stderr } = synthesizeApp(project, `tsx ${[runner, ...copies.map(copy => join(copy, program))].join(' ')}`);
  const printed = stderr.split('\nEND OF PROGRAM\n');
  return new Map(
    folders.map((folder, index) => [folder, { assembly: join(copies[index], 'cdk.out'), stderr: printed[index] }]),
  );
}

/** The templates of a cloud assembly, by the ids of their stacks; those of stages included. */
export function templatesOf(assembly: string): Record<string, { Resources: Record<string, { Type: string }> }> {
  const names = readdirSync(assembly, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.template.json'))
    .sort();
  return Object.fromEntries(
    names.map(name => [name.replace('.template.json', ''), JSON.parse(readFileSync(join(assembly, name), 'utf8'))]),
  );
}

/** Runs a command in a folder, without AWS credentials, and fails with what it printed. */
export function runIn(directory: string, command: string, args: string[]): string {
  try {
    return execFileSync(command, args, { cwd: directory, env: withoutAws(), encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`${command} ${args.join(' ')}\n${stdout}\n${stderr}`, { cause: error });
  }
}

/**
 * The environment without credentials, without what test runners set, and without a wait for a network that is not
 * there.
 */
function withoutAws(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(AWS_|CDK_CONTEXT|CDK_DEFAULT_|CDK_OUTDIR$|CDK_VALIDATION$|JEST_|NODE_OPTIONS$)/.test(name),
  );
  return { ...Object.fromEntries(inherited), AWS_EC2_METADATA_DISABLED: 'true', CDK_DISABLE_VERSION_CHECK: '1' };
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
    if (age > 600_000) {
      rmSync(lock, { recursive: true, force: true });
    }
    return false;
  }
}
