import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateDotnet } from './dotnet';
import { pacmak } from './pacmak';
import { Language } from './toolchains';
import { ROOT, build, runIn } from '../../test/support/packed';

/** Where the packages of all languages are. */
export const DIST = join(ROOT, 'dist');

/**
 * What Maven downloads, apart from the user's own repository, so that a package of an earlier build is never taken
 * from there.
 */
export const MAVEN_REPOSITORY = join(ROOT, '.work', 'languages', 'maven');

const BUILDERS = {
  js: packageNpm,
  python: packagePython,
  java: packageJava,
  go: packageGo,
  dotnet: () => generateDotnet(join(DIST, 'dotnet')),
};

/** What there is a package for. */
export type PackageTarget = keyof typeof BUILDERS | Language;

/**
 * Builds the library and packages it for one target into its folder of `dist/`.
 *
 * @returns the folder
 */
export function packageFor(target: PackageTarget): string {
  build();
  const folder = join(DIST, target);
  rmSync(folder, { recursive: true, force: true });
  BUILDERS[target]();
  return folder;
}

function packageNpm(): void {
  const folder = join(DIST, 'js');
  mkdirSync(folder, { recursive: true });
  runIn(ROOT, 'npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder]);
}

/**
 * A wheel and a source distribution, built and checked by jsii-pacmak with the tools of the Python Packaging
 * Authority.
 */
function packagePython(): void {
  pacmak('python', DIST);
}

/** jsii-pacmak lets a compiler see the module; here the tests do, which know where the modules of the CDK are. */
function packageGo(): void {
  pacmak('go', DIST, { codeOnly: true });
}

/**
 * Jar, sources and javadoc in a repository folder. The versions of the dependencies are pinned to the lowest that are
 * supported: jsii-pacmak would take the newest ones that Maven lists at that moment.
 */
function packageJava(): void {
  const sources = mkdtempSync(join(tmpdir(), 'java-'));
  try {
    pacmak('java', sources, { codeOnly: true });
    const directory = join(sources, 'java');
    const pom = join(directory, 'pom.xml');
    writeFileSync(
      pom,
      readFileSync(pom, 'utf8').replace(/<version>\[([^\],]+),[^)]*\)<\/version>/g, '<version>$1</version>'),
    );
    maven(directory, ['deploy', `-DaltDeploymentRepository=packed::default::file://${join(DIST, 'java')}`]);
  } finally {
    rmSync(sources, { recursive: true });
    forgetInstalled();
  }
}

/** Runs Maven with the downloads of this repository. */
export function maven(directory: string, args: string[]): string {
  return runIn(directory, 'mvn', ['--batch-mode', '--quiet', `-Dmaven.repo.local=${MAVEN_REPOSITORY}`, ...args]);
}

/** Lets Maven forget the library, so that the next project takes it from `dist/`. */
export function forgetInstalled(): void {
  rmSync(join(MAVEN_REPOSITORY, 'io', 'github', 'cdk-private-ec2-s3-access'), { recursive: true, force: true });
}

/** The files of a package, for people. */
export function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
}
