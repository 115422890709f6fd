import type { awscdk } from 'projen';

/** What `npm test` runs, in order, and the other commands of the README. */
export function configureTests(project: awscdk.AwsCdkConstructLibrary): void {
  project.addTask('demo', {
    description: 'Build and pack the library, synthesize the quick start from the package and explain what it defines',
    exec: 'tsx scripts/demo.ts',
    receiveArgs: true,
  });
  project.addTask('vectors', {
    description: 'Decide a file of policy-decision vectors and list the differences',
    exec: 'tsx scripts/vectors.ts',
    receiveArgs: true,
  });
}
