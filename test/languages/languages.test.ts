import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { InstalledProject, install, outFolder } from './support/projects';
import { Refusal, refusalsIn, reportsBelow, saidBy, templatesBelow } from './support/results';
import { LANGUAGES, Language, availableLanguages } from '../../scripts/languages/toolchains';
import { ROOT } from '../support/packed';

/** The first run downloads the CDK of every language, and may have to generate it for Go. */
jest.setTimeout(1_800_000);

/** What an error of the CDK is in a language. */
const EXCEPTIONS: Record<Language | 'typescript', RegExp> = {
  typescript: /Error$/,
  python: /^RuntimeError$/,
  java: /^(JsiiError|RuntimeException)$/,
  go: /^panic$/,
};

/**
 * The CDK's own type hints do not let its roles, keys and principals pass for the interfaces of them: parameters have
 * other names there.
 */
const OF_THE_CDK =
  /^(scenarios|snippets|hosts|sharing|visitors_and_tags|bad_inputs)\.py: Argument of type "(Role|Key|ServicePrincipal|list\[AnyPrincipal\])" .* of type "(I(Role|Key|Principal)|Sequence\[IPrincipal\])/;

interface Results {
  readonly project: InstalledProject;
  readonly templates: Record<string, string>;
  readonly reports: Record<string, unknown>;
  readonly refusals: Record<string, Refusal>;
  readonly said: Record<string, string[]>;
  readonly examples: Record<string, Record<string, string>>;
}

const EXAMPLES = join(ROOT, 'examples');
const projects: InstalledProject[] = [];

function resultsOf(language: Language | 'typescript'): Results {
  const project = install(language);
  projects.push(project);
  const scenarios = outFolder(project, 'scenarios');
  project.scenarios(scenarios);
  const refusals = refusalsIn(scenarios);
  return {
    project,
    templates: templatesBelow(scenarios),
    reports: reportsBelow(scenarios),
    refusals,
    said: Object.fromEntries(Object.entries(refusals).map(([name, refusal]) => [name, saidBy(refusal)])),
    examples: Object.fromEntries(
      examples.filter(name => project.examples.includes(name)).map(name => [name, exampleOf(project, name)]),
    ),
  };
}

/** The examples in TypeScript that there are in another language, too. */
const examples = readdirSync(EXAMPLES)
  .filter(name => LANGUAGES.some(language => existsSync(join(EXAMPLES, name, language))))
  .sort();

function exampleOf(project: InstalledProject, name: string): Record<string, string> {
  const out = outFolder(project, name);
  project.example(name, out);
  return templatesBelow(out);
}

/** What the installed command says of a scenario in TypeScript, and the status that it ends with. */
function proven(command: string, scenario: string): { readonly status: number | null; readonly said: string } {
  const assembly = join(expected.project.directory, 'out', 'scenarios', scenario);
  const { status, stdout } = spawnSync(command, ['prove', assembly], { encoding: 'utf8' });
  return { status, said: stdout };
}

afterAll(() => projects.forEach(({ directory }) => rmSync(directory, { recursive: true, force: true })));

const expected = resultsOf('typescript');

describe('typescript', () => {
  test('synthesizes every scenario', () => {
    expect(Object.keys(expected.templates)).toEqual([
      'acknowledged/Training.template.json',
      'every-option/Training.template.json',
      'guardrails/Guardrails.template.json',
      'hosts/ContainerHost.template.json',
      'hosts/InstancesElsewhere.template.json',
      'hosts/Servers.template.json',
      'hosts/SpotFleet.template.json',
      'hosts/WindowsServer.template.json',
      'other-choices/OwnKey.template.json',
      'other-choices/TheirEndpoint.template.json',
      'other-choices/ThroughInterface.template.json',
      'paths/DualStack.template.json',
      'paths/Hub.template.json',
      'paths/LogsElsewhere.template.json',
      'paths/OtherRegion.template.json',
      'paths/OwnInterface.template.json',
      'quick-start/Training.template.json',
      'sharing/Owner.template.json',
      'sharing/Sharing.template.json',
      'two-stacks/Storage.template.json',
      'two-stacks/Training.template.json',
      'unproven/Training.template.json',
      'visitors-and-tags/Owner.template.json',
      'visitors-and-tags/Training.template.json',
      'widened/Training.template.json',
    ]);
  });

  test('refuses what it must', () => {
    expect(Object.values(expected.refusals).filter(({ type }) => !EXCEPTIONS.typescript.test(type))).toEqual([]);
    expect(Object.keys(expected.refusals)).toHaveLength(23);
  });

  test('has the command of the library', () => {
    const command = expected.project.command!;

    expect(proven(command, 'quick-start')).toEqual({
      status: 0,
      said: expect.stringMatching(/no findings · \d+ properties hold/),
    });
    expect(proven(command, 'widened').status).toBe(1);
  });

  test('proves every scenario, and fails for the endpoint that is too wide only', () => {
    const conclusions = Object.entries(expected.reports).map(([name, reports]) => [
      name,
      (reports as Array<{ conclusion: string }>).map(({ conclusion }) => conclusion),
    ]);

    expect(conclusions).toContainEqual(['widened/validation-report.json', ['failure']]);
    expect(conclusions.filter(([, [conclusion]]) => conclusion === 'failure')).toHaveLength(1);
    expect(JSON.stringify(expected.reports['widened/validation-report.json'])).toContain(
      '"ruleName":"no-way-out[s3-endpoint]"',
    );
  });
});

describe.each(availableLanguages())('%s', language => {
  let found: Results;

  beforeAll(() => {
    found = resultsOf(language);
  });

  test('synthesizes the same templates', () => {
    expect(Object.keys(found.templates)).toEqual(Object.keys(expected.templates));
    for (const [name, template] of Object.entries(expected.templates)) {
      expect({ name, same: found.templates[name] === template }).toEqual({ name, same: true });
    }
  });

  test('proves the same', () => {
    expect(found.reports).toEqual(expected.reports);
  });

  test('refuses the same, in the same words', () => {
    expect(found.said).toEqual(expected.said);
  });

  test('refuses with the exceptions of the language', () => {
    expect(Object.values(found.refusals).filter(({ type }) => !EXCEPTIONS[language].test(type))).toEqual([]);
  });

  test('has the examples that most teams start from, and they are the same', () => {
    expect(Object.keys(found.examples)).toEqual(
      expect.arrayContaining(['existing-bucket', 'existing-vpc', 'fleet', 'quick-start']),
    );
    for (const [name, templates] of Object.entries(found.examples)) {
      expect(Object.keys(templates)).not.toEqual([]);
      expect({ name, templates }).toEqual({ name, templates: expected.examples[name] });
    }
  });

  test('has the command of the library, where packages of the language have commands', () => {
    const { command = '' } = found.project;

    expect(command !== '').toBe(language === 'python');
    for (const scenario of command === '' ? [] : ['quick-start', 'widened']) {
      expect(proven(command, scenario)).toEqual(proven(expected.project.command!, scenario));
    }
  });

  test('runs the snippets of the documentation', () => {
    const results = found.project.snippets?.();

    expect(results?.filter(({ error }) => error !== undefined) ?? []).toEqual([]);
    if (language === 'python') {
      expect(results!.length).toBeGreaterThanOrEqual(16);
    }
  });

  test('has types that its type checker accepts', () => {
    const complaints = found.project.typeErrors?.() ?? [];

    expect(complaints.filter(complaint => !OF_THE_CDK.test(complaint))).toEqual([]);
  });
});
