import type { awscdk } from 'projen';

/** Tests that take long by their nature: `npm test` leaves them to a command of their own. */
const THOROUGH = [
  'analysis/agreement',
  'bad-input/generated',
  'cli/properties',
  'contract/examples',
  'contract/flags',
  'contract/newest-cdk',
  'contract/random-apps',
  'policy-matrix/matrix',
  'proof/counterexamples',
  'proof/dns-firewalls',
  'request-flow/broken',
  'scale/scale',
  'scanners/scanners',
].map(name => `/test/${name}\\.test\\.ts$`);

/** What `npm test` leaves to other commands. */
export const LEFT_OUT = [
  '/node_modules/',
  '/.demo/',
  '/test/browser/',
  '/test/examples/',
  '/test/languages/',
  ...THOROUGH,
];

/** What `npm test` runs, in order, and the other commands of the README. */
export function configureTests(project: awscdk.AwsCdkConstructLibrary): void {
  const snippets = project.addTask('snippets', {
    description: 'Compile the snippets of README, guide and docstrings strictly',
    exec: 'tsx scripts/snippets.ts',
  });
  project.compileTask.prependExec('rm -rf lib');
  project.compileTask.exec('tsx scripts/bundle.ts');
  project.testTask.prependSpawn(project.compileTask);
  project.testTask.spawn(snippets);
  project.testTask.exec('prettier --check "**/*.ts"');
  junitTask(
    project,
    'thorough',
    'Try what takes long: random apps and inputs, every world of the policies, every example, scanners, hundreds of buckets',
    `--testPathPatterns ${THOROUGH.map(pattern => `"${pattern}"`).join(' ')}`,
  );
  suite(
    project,
    'examples',
    'Prove and scan every example in Regions of each partition, and leave the templates in .work/examples/',
  );
  suite(
    project,
    'browser',
    'Open the pages of reports in Chromium, which has to be installed, and measure them',
    '--runInBand',
  );
  script(
    project,
    'demo',
    'Build and pack the library, synthesize and prove the quick start from the package, and say what it is',
  );
  script(project, 'templates', 'Write the templates of every test scenario for linters');
  script(
    project,
    'crosscheck',
    'Ask the proof and an SMT solver the same questions about COUNT random policy sets from SEED: -- COUNT SEED',
  );
  script(project, 'fuzz', 'Try COUNT random configurations of the construct from SEED: -- SEED COUNT');
  script(project, 'vectors', 'Decide a file of policy-decision vectors and list the differences');
}

/** A command of its own for tests that take long or need more than Node.js. */
export function suite(
  project: awscdk.AwsCdkConstructLibrary,
  folder: string,
  description: string,
  ...options: readonly string[]
): void {
  junitTask(project, folder, description, `--testMatch "<rootDir>/test/${folder}/**/*.test.ts"`, ...options);
}

function junitTask(
  project: awscdk.AwsCdkConstructLibrary,
  name: string,
  description: string,
  ...options: readonly string[]
): void {
  project.addTask(`test:${name}`, {
    description,
    env: { JEST_JUNIT_OUTPUT_NAME: `${name}.xml` },
    steps: [
      { exec: ['jest', ...options, '--testPathIgnorePatterns /node_modules/', '--ci'].join(' '), receiveArgs: true },
    ],
  });
}

function script(project: awscdk.AwsCdkConstructLibrary, name: string, description: string): void {
  project.addTask(name, { description, exec: `tsx scripts/${name}.ts`, receiveArgs: true });
}
