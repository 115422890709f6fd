import { execFileSync } from 'child_process';
import { readFileSync } from 'fs';
import { join } from 'path';
import { Step, secrets, violations, workflowOf, workflows, writes } from './workflow-rules';
import { billOfMaterials } from '../../scripts/sbom';
import { ROOT } from '../support/packed';

interface TaskStep {
  readonly exec?: string;
  readonly execArgs?: string[];
  readonly spawn?: string;
}

const read = (file: string) => JSON.parse(readFileSync(join(ROOT, file), 'utf8'));
const tasks = read('.projen/tasks.json').tasks as Record<string, { steps?: TaskStep[]; env?: Record<string, string> }>;
const release = workflows['release.yml'];
const REGISTRIES = ['npm', 'pypi', 'maven', 'nuget', 'golang'];

/** Every task that a task runs. */
function reaches(task: string): string[] {
  return [task, ...(tasks[task].steps ?? []).flatMap(({ spawn }) => (spawn === undefined ? [] : reaches(spawn)))];
}

describe('every workflow', () => {
  test('pins its actions, says its permissions, and keeps tokens and strangers apart', () => {
    expect(
      Object.fromEntries(Object.entries(workflows).map(([file, workflow]) => [file, violations(workflow)])),
    ).toEqual({
      'build.yml': [],
      'codeql.yml': [],
      'dependency-review.yml': [],
      'release.yml': [],
      'scorecard.yml': [],
      'upgrade-main.yml': [],
    });
  });

  test('writes no more than it must', () => {
    const all = Object.fromEntries(Object.entries(workflows).map(([file, workflow]) => [file, writes(workflow)]));

    expect(all).toEqual({
      'build.yml': {},
      'codeql.yml': { analyze: ['security-events'] },
      'dependency-review.yml': {},
      'release.yml': {
        release_github: ['contents'],
        release_npm: ['attestations', 'id-token'],
        release_pypi: ['attestations', 'id-token'],
        release_maven: ['attestations', 'id-token'],
        release_nuget: ['attestations', 'id-token'],
      },
      'scorecard.yml': { analyze: ['id-token', 'security-events'] },
      'upgrade-main.yml': {},
    });
  });

  test('knows only the secrets that have no trusted publisher in their place', () => {
    const all = Object.fromEntries(
      Object.entries(workflows)
        .map(([file, workflow]) => [file, secrets(workflow)] as const)
        .filter(([, jobs]) => Object.keys(jobs).length > 0),
    );

    expect(all).toEqual({
      'release.yml': {
        release_github: ['GITHUB_TOKEN'],
        release_golang: ['GO_APP_ID', 'GO_APP_PRIVATE_KEY'],
        release_maven: [
          'MAVEN_GPG_PRIVATE_KEY',
          'MAVEN_GPG_PRIVATE_KEY_PASSPHRASE',
          'MAVEN_PASSWORD',
          'MAVEN_USERNAME',
        ],
        release_nuget: ['NUGET_USERNAME'],
      },
      'upgrade-main.yml': { pr: ['PROJEN_APP_ID', 'PROJEN_APP_PRIVATE_KEY'] },
    });
  });
});

describe('the rules', () => {
  const SHA = '0123456789abcdef0123456789abcdef01234567';
  const planted = (changes: Record<string, string> = {}) =>
    workflowOf(
      Object.entries(changes).reduce(
        (text, [from, to]) => {
          expect(text).toContain(from);
          return text.replace(from, to);
        },
        `on:
  pull_request: {}
permissions:
  contents: read
jobs:
  one:
    permissions:
      contents: read
    steps:
      - uses: actions/checkout@${SHA} # v1.2.3
        with:
          persist-credentials: false
      - run: npm test
`,
      ),
    );

  test('find nothing in a careful workflow', () => {
    expect(violations(planted())).toEqual([]);
    expect([writes(planted()), secrets(planted())]).toEqual([{}, {}]);
  });

  test.each([
    ['a tag', { [SHA]: 'v1.2.3' }, 'not pinned: actions/checkout@v1.2.3 # v1.2.3'],
    ['a short commit', { [SHA]: SHA.slice(0, 12) }, `not pinned: actions/checkout@${SHA.slice(0, 12)} # v1.2.3`],
    ['a commit without its version', { ' # v1.2.3': '' }, `not pinned: actions/checkout@${SHA}`],
    [
      'no permissions of a job',
      { '    permissions:\n      contents: read\n    steps': '    steps' },
      'one: says no permissions of its own',
    ],
    [
      'every permission',
      { '    permissions:\n      contents: read\n    steps': '    permissions: write-all\n    steps' },
      'one: says no permissions of its own',
    ],
    [
      'no permissions by default',
      { 'permissions:\n  contents: read\njobs': 'jobs' },
      'by default, a job may do more than read',
    ],
    [
      'every permission by default',
      { 'permissions:\n  contents: read\njobs': 'permissions: write-all\njobs' },
      'by default, a job may do more than read',
    ],
    [
      'a token on the disk',
      { 'persist-credentials: false': 'fetch-depth: 0' },
      'one: leaves the token in its checkout',
    ],
    [
      'secrets for pull requests of strangers',
      { 'pull_request: {}': 'pull_request_target: {}' },
      'started by pull_request_target',
    ],
    [
      'the title of a pull request in a shell',
      { 'npm test': 'echo ${{ github.event.pull_request.title }}' },
      'one: runs text of strangers',
    ],
  ])('find %s', (_, changes, told) => {
    expect(violations(planted(changes as unknown as Record<string, string>))).toEqual([told]);
  });

  test('find what a job writes and knows', () => {
    const careless = planted({
      '      contents: read\n    steps': '      contents: read\n      id-token: write\n    steps',
      'npm test': 'echo ${{ secrets.NPM_TOKEN }}',
    });

    expect(writes(careless)).toEqual({ one: ['id-token'] });
    expect(secrets(careless)).toEqual({ one: ['NPM_TOKEN'] });
  });
});

describe('a release', () => {
  const publishing = (registry: string): Step =>
    release.jobs[`release_${registry}`].steps.find(({ name }) => name === 'Release')!;

  test('is started by hand, from the main branch', () => {
    expect(Object.keys(release.on)).toEqual(['workflow_dispatch']);
    expect(release.jobs.release.if).toBe("github.ref == 'refs/heads/main'");
  });

  test.each(REGISTRIES)(
    'publishes to %s, through the protected environment, with one version of the tool',
    registry => {
      expect(publishing(registry).run).toMatch(
        new RegExp(`^npx '-p' 'publib@\\d+\\.\\d+\\.\\d+' 'publib-${registry}'$`),
      );
      expect(publishing(registry).env).toHaveProperty('NPM_CONFIG_BEFORE');
      expect(release.jobs[`release_${registry}`].environment).toBe('release');
      expect(release.jobs[`release_${registry}`].needs).toBe('release');
    },
  );

  test('is on GitHub only when every registry has it', () => {
    expect(release.jobs.release_github.environment).toBe('release');
    expect([...release.jobs.release_github.needs!].sort()).toEqual(
      ['release', ...REGISTRIES.map(registry => `release_${registry}`)].sort(),
    );
  });

  test.each([
    ['npm', 'NPM_TRUSTED_PUBLISHER'],
    ['pypi', 'PYPI_TRUSTED_PUBLISHER'],
    ['nuget', 'NUGET_TRUSTED_PUBLISHER'],
  ])('is trusted by %s', (registry, variable) => {
    expect(publishing(registry).env).toHaveProperty(variable, 'true');
    expect(release.jobs[`release_${registry}`].permissions).toHaveProperty('id-token', 'write');
  });

  test('has provenance on npm, and attestations on PyPI', () => {
    expect(publishing('npm').env).toHaveProperty('NPM_CONFIG_PROVENANCE', 'true');
    expect(publishing('pypi').env).not.toHaveProperty('PYPI_DISABLE_ATTESTATIONS');
  });

  test('is published to npm by a Node.js whose npm knows trusted publishers', () => {
    const node = release.jobs.release_npm.steps.find(({ uses }) => uses?.startsWith('actions/setup-node@'))!;

    expect(Number.parseInt(node.with!['node-version'] as string, 10)).toBeGreaterThanOrEqual(24);
  });

  test.each([
    ['npm', 'dist/js/*.tgz'],
    ['pypi', 'dist/python/*'],
    ['maven', 'dist/java/**/*.jar'],
    ['nuget', 'dist/dotnet/*.nupkg'],
  ])('attests what goes to %s before it goes', (registry, packages) => {
    const { steps } = release.jobs[`release_${registry}`];
    const attested = steps.findIndex(
      step =>
        step.uses?.startsWith('actions/attest@') && step.with?.['subject-path'] === packages && !step.with['sbom-path'],
    );
    const collected = steps.findIndex(({ name }) => /^Collect \w+ artifact$/.test(name ?? ''));

    expect(collected).toBeGreaterThan(0);
    expect(attested).toBeGreaterThan(collected);
    expect(attested).toBeLessThan(steps.indexOf(publishing(registry)));
    expect(steps[attested].if).toBe('${{ !inputs.dry_run }}');
  });

  test('has an attested bill of materials, attached to it', () => {
    expect(reaches('release')).toContain('sbom');
    expect(release.jobs.release_npm.steps.map(step => step.with?.['sbom-path'])).toContain('dist.old/sbom.cdx.json');
    expect(release.jobs.release_github.steps.at(-1)!.run).toMatch(/^gh release upload .* dist\/sbom\.cdx\.json /);
  });

  test('has a bill of materials of this package, which depends on nothing', () => {
    const { metadata, components } = billOfMaterials();

    expect(tasks.sbom.steps!.at(-1)!.exec).toBe('tsx scripts/sbom.ts dist/sbom.cdx.json');
    expect(metadata.component).toMatchObject({
      name: 'cdk-private-ec2-s3-access',
      purl: `pkg:npm/cdk-private-ec2-s3-access@${read('package.json').version}`,
    });
    expect(components).toEqual([]);
  });
});

describe('what is checked against the last release', () => {
  test.each(['build', 'release'])('is checked by %s', task => {
    expect(reaches(task)).toContain('contracts');
  });

  test('is of the major version that is released', () => {
    expect(tasks.contracts.steps![0].exec).toBe(`tsx scripts/contracts.ts ${tasks.release.env!.MAJOR}`);
  });

  test('has the tags of the releases, also in a fork', () => {
    const { steps } = workflows['build.yml'].jobs.build;
    const fetched = steps.findIndex(
      ({ run }) =>
        run ===
        'git fetch --depth=1 --no-tags "$GITHUB_SERVER_URL/$GITHUB_REPOSITORY" HEAD "+refs/tags/v*:refs/tags/v*"',
    );

    expect(fetched).toBeGreaterThan(0);
    expect(steps.findIndex(({ run }) => run === 'npx projen build')).toBeGreaterThan(fetched);
    expect(release.jobs.release.steps[0].with).toHaveProperty('fetch-depth', 0);
  });

  test('includes the API, of which experimental types are no exception', () => {
    expect(tasks.compat.steps![0].execArgs).toEqual([
      'jsii-diff',
      'npm:cdk-private-ec2-s3-access',
      '-k',
      '--ignore-file',
      '.compatignore',
    ]);
    expect(tasks.compat.env).toEqual({ JSII_DIFF_ERROR_ON: 'all' });
    expect(read('package.json').stability).toBe('experimental');
  });
});

describe('the repository', () => {
  test('runs the gate with every language', () => {
    const { env, steps } = workflows['build.yml'].jobs.gate;

    expect(env).toHaveProperty('REQUIRE_LANGUAGES', 'python,java,go');
    expect(steps.map(({ run }) => run)).toEqual(expect.arrayContaining(['.ci/run']));
    expect(Object.keys(workflows['build.yml'].jobs)).toEqual(
      expect.arrayContaining(['js', 'java', 'python', 'dotnet', 'go'].map(language => `package-${language}`)),
    );
  });

  test('upgrades weekly, and nothing that is younger than a week', () => {
    const [bump] = tasks.upgrade.steps!;
    const days = Number(/--cooldown=(\d+)/.exec(bump.execArgs!.join(' '))?.[1]);

    expect(workflows['upgrade-main.yml'].on.schedule).toEqual([{ cron: '0 0 * * 1' }]);
    expect(days).toBeGreaterThanOrEqual(7);
    expect(tasks.upgrade.env!.NPM_CONFIG_BEFORE).toContain(`Date.now()-${days * 86_400_000})`);
  });

  test('is looked at by CodeQL, by the review of dependencies, and weekly by Scorecard', () => {
    const uses = (file: string) =>
      Object.values(workflows[file].jobs).flatMap(({ steps }) => steps.map(step => step.uses?.split('@')[0]));

    expect(uses('codeql.yml')).toEqual(
      expect.arrayContaining(['github/codeql-action/init', 'github/codeql-action/analyze']),
    );
    expect(workflows['codeql.yml'].text).toContain('- javascript-typescript');
    expect(uses('dependency-review.yml')).toContain('actions/dependency-review-action');
    expect(workflows['dependency-review.yml'].on).toHaveProperty('pull_request');
    expect(uses('scorecard.yml')).toEqual(
      expect.arrayContaining(['ossf/scorecard-action', 'github/codeql-action/upload-sarif']),
    );
    expect(workflows['scorecard.yml'].on.schedule).toEqual([{ cron: expect.stringMatching(/^\d+ \d+ \* \* [0-6]$/) }]);
  });

  test('says what Construct Hub lists', () => {
    const { keywords, stability, license, homepage, bugs, jsii, peerDependencies, publishConfig } =
      read('package.json');

    expect(keywords).toEqual(expect.arrayContaining(['aws', 'aws-cdk', 'awscdk', 'cdk']));
    expect({ stability, license, publishConfig }).toEqual({
      stability: 'experimental',
      license: 'Apache-2.0',
      publishConfig: { access: 'public' },
    });
    expect(Object.keys(jsii.targets).sort()).toEqual(['dotnet', 'go', 'java', 'python']);
    expect(Object.keys(peerDependencies).sort()).toEqual(['aws-cdk-lib', 'constructs']);
    expect([homepage, bugs.url]).toEqual([
      expect.stringMatching(/^https:.*#readme$/),
      expect.stringMatching(/^https:.*\/issues$/),
    ]);
  });
});

test.each([
  ['', '0.1.0'],
  ['v0.0.0', '0.1.0'],
  ['v0.1.0', ''],
  ['v0.10.0', ''],
])('after the tag "%s" the next version is "%s", where nothing means that the commits say it', (tag, version) => {
  const [{ exec }] = tasks['bump:next-version'].steps!;

  expect(execFileSync('sh', ['-c', exec!], { env: { LATEST_TAG: tag }, encoding: 'utf8' }).trim()).toBe(version);
});
