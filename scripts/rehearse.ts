import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import library from '../package.json';
import { DIST, packageFor } from './languages/packages';
import { LANGUAGES, type Language, missingTools } from './languages/toolchains';
import { REGISTRIES, type Registry, artefactsOf, provenanceProblems, sbomProblems } from './release/rehearsal';
import { install, outFolder } from '../test/languages/support/projects';
import { templatesBelow } from '../test/languages/support/results';
import { workflows } from '../test/release/workflow-rules';
import { ROOT, build, runIn } from '../test/support/packed';

const NOTES = join(DIST, 'rehearsal.md');
const REPOSITORY = library.repository.url.replace('.git', '');
const EXAMPLE = 'quick-start';
const { jobs } = workflows['release.yml'];

/** The registries that the command line names; all of them where it names none. */
const ASKED = process.argv.slice(2);
const isAsked = (name: string): boolean => ASKED.length === 0 || ASKED.includes(name);

type Outcome = 'ok' | 'FAILED' | 'SKIPPED';

interface Step {
  readonly title: string;
  readonly outcome: Outcome;
  readonly says: string;
}

/** What a language answers for the registry that has its packages. */
const LANGUAGE_OF: Readonly<Record<string, Language | 'typescript' | 'dotnet'>> = {
  js: 'typescript',
  python: 'python',
  java: 'java',
  go: 'go',
  dotnet: 'dotnet',
};

/** Tries a release on this machine: everything is built, installed and checked, and nothing is published. */
function main(): void {
  const unknown = ASKED.filter(name => !REGISTRIES.some(registry => registry.name === name));
  if (unknown.length > 0) {
    throw new Error(`got ${unknown.join(', ')}, allowed: ${REGISTRIES.map(({ name }) => name).join(', ')}`);
  }
  const steps: Step[] = [];
  const step = (title: string, work: () => string) => steps.push(told(tried(title, work)));
  step('the next version and the changelog', () => projen('bump') && `version ${version()}${untagged()}`);
  try {
    step('the library, compiled with that version', () => {
      build();
      return JSON.parse(readFileSync(join(ROOT, '.jsii'), 'utf8')).version as string;
    });
    REGISTRIES.forEach(registry => steps.push(told(installed(registry))));
    step('the artefacts, whole and of one version', allArtefacts);
    step('what npm asks of a package with provenance', provenance);
    step('the bill of materials', billOfMaterials);
    step('logical ids and API, against the last release', () =>
      runIn(ROOT, 'npx', ['tsx', 'scripts/contracts.ts', '0']).trim(),
    );
    step('logical ids, as they are promised', () => {
      runIn(ROOT, 'npx', ['jest', '--ci', 'test/contract/logical-ids.test.ts']);
      return 'every stateful resource of the list has its id';
    });
    writeFileSync(NOTES, notes(steps));
  } finally {
    projen('unbump');
  }
  const failed = steps.filter(({ outcome }) => outcome === 'FAILED');
  console.log(`\n${relative(process.cwd(), NOTES)} says what the workflow would publish. Nothing was published.`);
  process.exit(failed.length === 0 ? 0 : 1);
}

function tried(title: string, work: () => string): Step {
  try {
    return { title, outcome: 'ok', says: work() };
  } catch (error) {
    return { title, outcome: 'FAILED', says: (error as Error).message };
  }
}

function told(step: Step): Step {
  console.log(`${step.outcome === 'ok' ? '✓' : step.outcome} ${step.title}: ${step.says}`);
  return step;
}

/** Runs a task of projen, which may fetch the tools of a release. */
function projen(task: string): string {
  return runIn(ROOT, 'env', ['npm_config_yes=true', 'npx', 'projen', task]) || task;
}

const version = (): string => JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version as string;

function untagged(): string {
  const tags = execFileSync('git', ['tag', '--list', 'v*'], { cwd: ROOT, encoding: 'utf8' }).trim();
  return tags === '' ? ', the first: no release is tagged' : '';
}

/** Packages the library for a registry, and installs it into an empty project that synthesizes the quick start. */
function installed({ name, folder }: Registry): Step {
  const title = `the package of ${name}, installed into an empty project`;
  if (!isAsked(name)) {
    return { title, outcome: 'SKIPPED', says: 'the command line names others' };
  }
  const language = LANGUAGE_OF[folder];
  if (language === 'dotnet') {
    packageFor('dotnet');
    return { title, outcome: 'SKIPPED', says: 'the sources were generated; the SDK of .NET is needed to compile them' };
  }
  const missing = language === 'typescript' ? [] : missingTools(language);
  if (missing.length > 0) {
    return { title, outcome: 'SKIPPED', says: missing.join(', ') };
  }
  return tried(title, () => {
    const found = synthesized(language);
    expected ??= found;
    if (JSON.stringify(found) !== JSON.stringify(expected)) {
      throw new Error('it synthesizes another template than TypeScript');
    }
    return `synthesizes ${Object.keys(found).join(', ')}${language === 'typescript' ? '' : ', the same as TypeScript'}`;
  });
}

let expected: Record<string, string> | undefined;

function synthesized(language: (typeof LANGUAGES)[number] | 'typescript'): Record<string, string> {
  const project = install(language, EXAMPLE);
  try {
    const out = outFolder(project, EXAMPLE);
    project.example(EXAMPLE, out);
    return templatesBelow(out);
  } finally {
    rmSync(project.directory, { recursive: true, force: true });
  }
}

function allArtefacts(): string {
  const missing = REGISTRIES.filter(({ name, folder }) => folder !== 'dotnet' && isAsked(name)).flatMap(registry =>
    artefactsOf(DIST, registry, version()).missing.map(file => `${registry.name}: ${file}`),
  );
  if (missing.length > 0) {
    throw new Error(`not there: ${missing.join(', ')}`);
  }
  return `all of version ${version()}; of .NET nothing`;
}

function provenance(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rehearsal-'));
  const [{ file }] = artefactsOf(DIST, REGISTRIES[0], version()).found;
  runIn(folder, 'tar', ['-xzf', join(DIST, 'js', file), 'package/package.json']);
  const problems = provenanceProblems(
    JSON.parse(readFileSync(join(folder, 'package', 'package.json'), 'utf8')),
    REPOSITORY,
    version(),
  );
  rmSync(folder, { recursive: true });
  const unsigned = REGISTRIES.map(({ job }) => job).filter(job => job !== 'release_golang' && !signs(job));
  return whole([...problems, ...unsigned.map(job => `${job} signs nothing`)], `public, from ${REPOSITORY}, attested`);
}

const signs = (job: string): boolean => jobs[job].steps.some(({ name }) => name === 'Attest provenance');

function billOfMaterials(): string {
  projen('sbom');
  const sbom = JSON.parse(readFileSync(join(DIST, 'sbom.cdx.json'), 'utf8'));
  const peers = Object.keys(library.peerDependencies);
  return whole(sbomProblems(sbom, library.name, version(), peers), `CycloneDX; nothing except ${peers.join(', ')}`);
}

function whole(problems: readonly string[], says: string): string {
  if (problems.length > 0) {
    throw new Error(problems.join('; '));
  }
  return says;
}

function notes(steps: readonly Step[]): string {
  const commit = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: ROOT, encoding: 'utf8' }).trim();
  const { stdout } = spawnSync('git', ['status', '--porcelain'], { cwd: ROOT, encoding: 'utf8' });
  const changed = stdout.split('\n').filter(line => line !== '' && !line.endsWith(' package.json'));
  return [
    `# What a release of ${version()} would publish\n`,
    `Commit ${commit}${changed.length === 0 ? '' : ', with changes that are not committed'}. Nothing was published.\n`,
    '| check | outcome | |',
    '| --- | --- | --- |',
    ...steps.map(
      ({ title, outcome, says }) => `| ${title} | ${outcome} | ${says.replace(/\s+/g, ' ').slice(0, 400)} |`,
    ),
    '',
    ...REGISTRIES.flatMap(published),
    '## Changelog\n',
    readFileSync(join(DIST, 'changelog.md'), 'utf8'),
  ].join('\n');
}

function published(registry: Registry): string[] {
  const { found, missing } = artefactsOf(DIST, registry, version());
  const command = jobs[registry.job].steps.find(({ name }) => name === 'Release')?.run;
  return [
    `## ${registry.name}: ${registry.packageName} ${version()}\n`,
    `The job \`${registry.job}\` runs \`${command}\`.\n`,
    '| file | bytes | SHA-256 |',
    '| --- | --- | --- |',
    ...found.map(({ file, bytes, sha256 }) => `| ${file} | ${bytes} | ${sha256} |`),
    ...missing.map(file => `| ${file} | **not built here** | |`),
    '',
  ];
}

main();
