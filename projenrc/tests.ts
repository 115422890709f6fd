import type { awscdk } from 'projen';

/** What `npm test` runs, in order, and the other commands of the README. */
export function configureTests(project: awscdk.AwsCdkConstructLibrary): void {
  const snippets = project.addTask('snippets', {
    description: 'Compile the snippets of README and docstrings strictly',
    exec: 'jsii-rosetta extract --compile --fail --strict',
  });
  project.compileTask.prependExec('rm -rf lib');
  project.compileTask.exec('tsx scripts/bundle.ts');
  project.testTask.prependSpawn(project.compileTask);
  project.testTask.spawn(snippets);
  project.addTask('test:examples', {
    description: 'Prove and scan every example in Regions of each partition, and leave the templates in .work/examples/',
    env: { JEST_JUNIT_OUTPUT_NAME: 'examples.xml' },
    steps: [{ exec: 'jest --testMatch "<rootDir>/test/examples/**/*.test.ts" --testPathIgnorePatterns /node_modules/ --ci', receiveArgs: true }],
  });
  project.addTask('test:browser', {
    description: 'Open the pages of reports in Chromium, which has to be installed, and measure them',
    env: { JEST_JUNIT_OUTPUT_NAME: 'browser.xml' },
    steps: [{ exec: 'jest --testMatch "<rootDir>/test/browser/**/*.test.ts" --testPathIgnorePatterns /node_modules/ --ci --runInBand', receiveArgs: true }],
  });
  script(project, 'demo', 'Build and pack the library, synthesize the quick start from the package and explain what it defines');
  script(project, 'templates', 'Write the templates of every test scenario for linters');
  script(project, 'vectors', 'Decide a file of policy-decision vectors and list the differences');
}

function script(project: awscdk.AwsCdkConstructLibrary, name: string, description: string): void {
  project.addTask(name, { description, exec: `tsx scripts/${name}.ts`, receiveArgs: true });
}
