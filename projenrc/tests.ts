import type { awscdk } from 'projen';

const PROOF = 'lib/verification/examine.js';

/** What `npm test` runs, in order, and the other commands of the README. */
export function configureTests(project: awscdk.AwsCdkConstructLibrary): void {
  const snippets = project.addTask('snippets', {
    description: 'Compile the snippets of README and docstrings strictly',
    exec: 'jsii-rosetta extract --compile --fail --strict',
  });
  project.compileTask.prependExec('rm -rf lib');
  // the proof is loaded at every synthesis: one file takes a third of the time that its ninety modules take
  project.compileTask.exec(`esbuild ${PROOF} --outfile=${PROOF} --allow-overwrite --bundle --platform=node --target=node20 --minify-syntax `
    + '--minify-whitespace --external:aws-cdk-lib --external:constructs --log-level=warning');
  project.testTask.prependSpawn(project.compileTask);
  project.testTask.spawn(snippets);
  script(project, 'demo', 'Build and pack the library, synthesize the quick start from the package and explain what it defines');
  script(project, 'templates', 'Write the templates of every example and test scenario for linters');
  script(project, 'vectors', 'Decide a file of policy-decision vectors and list the differences');
}

function script(project: awscdk.AwsCdkConstructLibrary, name: string, description: string): void {
  project.addTask(name, { description, exec: `tsx scripts/${name}.ts`, receiveArgs: true });
}
