import type { awscdk } from 'projen';

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
  const command = [
    'jest',
    `--testMatch "<rootDir>/test/${folder}/**/*.test.ts"`,
    '--testPathIgnorePatterns /node_modules/',
    '--ci',
    ...options,
  ].join(' ');
  project.addTask(`test:${folder}`, {
    description,
    env: { JEST_JUNIT_OUTPUT_NAME: `${folder}.xml` },
    steps: [{ exec: command, receiveArgs: true }],
  });
}

function script(project: awscdk.AwsCdkConstructLibrary, name: string, description: string): void {
  project.addTask(name, { description, exec: `tsx scripts/${name}.ts`, receiveArgs: true });
}
