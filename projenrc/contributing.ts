import { github, type awscdk } from 'projen';

/** What those who work on the library run beside the tests, and how commits are checked. */
export function configureContributing(project: awscdk.AwsCdkConstructLibrary): void {
  const script = (name: string, file: string, description: string) =>
    project.addTask(name, { description, exec: `tsx scripts/${file}.ts`, receiveArgs: true });
  script('changelog', 'changelog', 'Print what changed for users since the last release, or since a tag: -- TAG');
  script('commits', 'commits', 'Check the messages of the commits since a base: -- BASE');
  script('test:map', 'test-map', 'Write test/README.md, a map of the tests with their times, from the last reports');
  script(
    'release:rehearse',
    'rehearse',
    'Build, install and check everything that a release publishes, and publish nothing',
  );
  project.addTask('coverage', {
    description: 'Run the tests with coverage and print it as a figure, which fails nothing',
    steps: [
      {
        exec: 'jest --ci --coverage --coverageReporters=text-summary --coverageReporters=json-summary',
        receiveArgs: true,
      },
    ],
  });
  // suites are named by their files, from which the map is made
  project.jest!.config.reporters = [
    'default',
    ['jest-junit', { outputDirectory: 'test-reports', suiteNameTemplate: '{filepath}' }],
  ];
  ['/CODE_OF_CONDUCT.md', '/CHANGELOG.md'].forEach(pattern => project.npmignore?.addPatterns(pattern));
  project.github!.tryFindWorkflow('build')!.addJob('commits', {
    name: 'Conventional commits',
    if: "github.event_name == 'pull_request'",
    runsOn: ['ubuntu-latest'],
    permissions: { contents: github.workflows.JobPermission.READ },
    tools: { node: { version: '22.x' } },
    steps: [
      github.WorkflowSteps.checkout({ with: { fetchDepth: 0 } }),
      { name: 'Install', run: 'npm ci' },
      {
        name: 'Check the messages',
        env: { BASE: '${{ github.event.pull_request.base.sha }}' },
        run: 'npx projen commits "$BASE"',
      },
    ],
  });
}
