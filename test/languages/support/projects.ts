import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { findModules, replaceModule } from './go-modules';
import { SnippetResult, pythonSnippets } from './snippets';
import library from '../../../package.json';
import { MAVEN_REPOSITORY, forgetInstalled, maven, packageFor } from '../../../scripts/languages/packages';
import { Language } from '../../../scripts/languages/toolchains';
import { ROOT, runIn } from '../../support/packed';

/** An empty project of a user, with the packages of the library installed. */
export interface InstalledProject {
  readonly directory: string;
  /** Runs the scenarios of the language, which write into a folder. */
  readonly scenarios: (out: string) => void;
  /** The examples that there are in the language. */
  readonly examples: readonly string[];
  /** Runs an example, whose cloud assembly is written into a folder. */
  readonly example: (name: string, out: string) => void;
  /** Where the command of the library is, in languages whose packages have commands. */
  readonly command?: string;
  /** What a type checker says of scenarios and examples, where the language has one beside its compiler. */
  readonly typeErrors?: () => string[];
  /** Runs the snippets of the documentation, where the language runs them. */
  readonly snippets?: () => SnippetResult[];
}

const { 'aws-cdk-lib': CDK, constructs: CONSTRUCTS, tsx: TSX } = library.devDependencies;
const PYRIGHT = '1.1.407';
const MYPY = '2.4.1';
const SCENARIOS = join(ROOT, 'test', 'languages');
const EXAMPLES = join(ROOT, 'examples');

type Installation = Omit<InstalledProject, 'directory' | 'examples'>;

const INSTALLERS = { typescript: npmProject, python: pythonProject, java: mavenProject, go: goProject };

/**
 * Packages the library, and installs it into an empty project.
 *
 * @param only the one example that the project has; the scenarios and every example of the language by default
 */
export function install(language: Language | 'typescript', only?: string): InstalledProject {
  const directory = mkdtempSync(join(tmpdir(), `${language}-`));
  const examples = readdirSync(EXAMPLES)
    .filter(name => (only === undefined || name === only) && existsSync(join(EXAMPLES, name, language)))
    .sort();
  if (only === undefined) {
    cpSync(join(SCENARIOS, language), join(directory, 'scenarios'), { recursive: true });
  }
  for (const name of examples) {
    cpSync(join(EXAMPLES, name, language), join(directory, name), {
      recursive: true,
      filter: source => !/node_modules|cdk\.out|target$/.test(source),
    });
  }
  const projects = only === undefined ? ['scenarios', ...examples] : examples;
  return { directory, examples, ...INSTALLERS[language](directory, projects) };
}

/** Runs an app without the CDK's own validation of templates, which takes longer than the app. */
function run(directory: string, command: string, args: string[], out?: string): void {
  const outdir = out === undefined ? [] : [`CDK_OUTDIR=${out}`];
  runIn(directory, 'env', [
    'CDK_VALIDATION=false',
    'JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION=20',
    ...outdir,
    command,
    ...args,
  ]);
}

function packageFile(folder: string, extension: string): string {
  return join(
    folder,
    readdirSync(folder).find(name => name.endsWith(extension))!,
  );
}

function npmProject(directory: string): Installation {
  writeFileSync(join(directory, 'package.json'), '{ "private": true }');
  const packages = [
    packageFile(packageFor('js'), '.tgz'),
    `aws-cdk-lib@${CDK}`,
    `constructs@${CONSTRUCTS}`,
    `tsx@${TSX}`,
  ];
  runIn(directory, 'npm', ['install', '--no-audit', '--no-fund', '--silent', ...packages]);
  const tsx = join(directory, 'node_modules', '.bin', 'tsx');
  return {
    scenarios: out => run(directory, tsx, [join('scenarios', 'scenarios.ts'), out]),
    example: (name, out) => run(directory, tsx, [join(name, 'app.ts')], out),
    command: join(directory, 'node_modules', '.bin', library.name),
  };
}

function pythonProject(directory: string, projects: readonly string[]): Installation {
  const wheel = packageFile(packageFor('python'), '.whl');
  runIn(directory, 'python3', ['-m', 'venv', '.venv']);
  const python = join(directory, '.venv', 'bin', 'python');
  runIn(directory, python, [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    wheel,
    `aws-cdk-lib==${CDK}`,
    `constructs==${CONSTRUCTS}`,
  ]);
  return {
    scenarios: out => run(directory, python, [join('scenarios', 'scenarios.py'), out]),
    example: (name, out) => run(directory, python, [join(name, 'app.py')], out),
    command: join(directory, '.venv', 'bin', library.name),
    typeErrors: () => [...pyright(directory, python, projects), ...mypy(directory, python)],
    snippets: () => runSnippets(directory, python),
  };
}

/** The files that snippets upload. */
const ASSETS = ['setup.sh'];

function runSnippets(directory: string, python: string): SnippetResult[] {
  ASSETS.forEach(name => writeFileSync(join(directory, name), '#!/bin/sh\n'));
  const file = join(directory, 'snippets.json');
  writeFileSync(file, JSON.stringify(pythonSnippets()));
  return JSON.parse(runIn(directory, 'env', ['CDK_VALIDATION=false', python, join('scenarios', 'snippets.py'), file]));
}

/** The complaints of pyright, each behind the name of its file. */
function pyright(directory: string, python: string, folders: readonly string[]): string[] {
  writeFileSync(join(directory, 'package.json'), '{ "private": true }');
  runIn(directory, 'npm', ['install', '--no-audit', '--no-fund', '--silent', `pyright@${PYRIGHT}`]);
  const args = [join('node_modules', 'pyright', 'index.js'), '--outputjson', '--pythonpath', python, ...folders];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: directory, encoding: 'utf8' });
  const { generalDiagnostics, summary } = JSON.parse(stdout) as PyrightReport;
  if (summary.filesAnalyzed < folders.length) {
    throw new Error(`pyright did not look: ${stdout}${stderr}`);
  }
  return generalDiagnostics.map(({ file, message }) => `${basename(file)}: ${message.split('\n')[0]}`);
}

/** What mypy says of the servers behind load balancers and of all other hosts, each behind the name of its file. */
function mypy(directory: string, python: string): string[] {
  const scenarios = join(directory, 'scenarios');
  runIn(directory, python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `mypy==${MYPY}`]);
  const { status, stdout, stderr } = spawnSync(python, ['-m', 'mypy', '--no-error-summary', 'hosts.py'], {
    cwd: scenarios,
    encoding: 'utf8',
  });
  if (status === null || status > 1) {
    throw new Error(`mypy did not look: ${stdout}${stderr}`);
  }
  return stdout.split('\n').filter(line => line.startsWith('hosts.py:'));
}

interface PyrightReport {
  readonly generalDiagnostics: ReadonlyArray<{ readonly file: string; readonly message: string }>;
  readonly summary: { readonly filesAnalyzed: number };
}

function mavenProject(directory: string, projects: readonly string[]): Installation {
  const repository = packageFor('java');
  forgetInstalled();
  const settings = join(directory, 'settings.xml');
  writeFileSync(
    settings,
    `<settings><profiles><profile><id>packed</id><repositories>
    <repository><id>packed</id><url>file://${repository}</url></repository>
  </repositories></profile></profiles><activeProfiles><activeProfile>packed</activeProfile></activeProfiles></settings>`,
  );
  for (const project of projects) {
    ofThisVersion(join(directory, project, 'pom.xml'));
    maven(join(directory, project), ['--settings', settings, 'compile']);
  }
  const exec = (project: string, args: string[], out?: string) =>
    run(
      join(directory, project),
      'mvn',
      [
        '--batch-mode',
        '--quiet',
        '--offline',
        `-Dmaven.repo.local=${MAVEN_REPOSITORY}`,
        '--settings',
        settings,
        'exec:java',
        ...args,
      ],
      out,
    );
  maven(join(directory, projects[0]), ['--settings', settings, 'exec:help']);
  return {
    scenarios: out => exec('scenarios', [`-Dexec.args=${out}`]),
    example: (name, out) => exec(name, [], out),
  };
}

/** The projects name a version that was not released: a release that is rehearsed has another one. */
function ofThisVersion(pom: string): void {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  writeFileSync(pom, readFileSync(pom, 'utf8').replace('<version>0.0.0</version>', `<version>${version}</version>`));
}

function goProject(directory: string, projects: readonly string[]): Installation {
  const module = join(packageFor('go'), 'cdkprivateec2s3access');
  for (const project of projects) {
    replaceModule(join(directory, project), module);
    findModules(join(directory, project));
    runIn(join(directory, project), 'go', ['vet', '.']);
    runIn(join(directory, project), 'go', ['build', '-o', 'app', '.']);
  }
  return {
    scenarios: out => run(directory, join(directory, 'scenarios', 'app'), [out]),
    example: (name, out) => run(directory, join(directory, name, 'app'), [], out),
  };
}

/** A new folder for what a project writes. */
export function outFolder(project: InstalledProject, name: string): string {
  const folder = join(project.directory, 'out', name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}
