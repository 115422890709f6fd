import type { awscdk } from 'projen';

const PROOF = 'lib/verification/examine.js';
const REPORT = 'lib/reporting/index.js';

/** What `npm test` runs, in order, and the other commands of the README. */
export function configureTests(project: awscdk.AwsCdkConstructLibrary): void {
  const snippets = project.addTask('snippets', {
    description: 'Compile the snippets of README and docstrings strictly',
    exec: 'jsii-rosetta extract --compile --fail --strict',
  });
  project.compileTask.prependExec('rm -rf lib');
  // the proof is loaded at every synthesis: one file takes a third of the time that its ninety modules take
  bundle(project, PROOF, '--platform=node --target=node20 --minify-syntax --minify-whitespace --external:aws-cdk-lib --external:constructs');
  project.npmignore?.addPatterns('/lib/reporting/*/', '/lib/reporting/text.js', '/lib/reporting/*.d.ts');
  bundle(project, REPORT, `--platform=node --target=node20 --minify --external:./${PROOF}`);
  project.testTask.prependSpawn(project.compileTask);
  project.testTask.spawn(snippets);
  script(project, 'demo', 'Build and pack the library, synthesize the quick start from the package and explain what it defines');
  script(project, 'templates', 'Write the templates of every example and test scenario for linters');
  script(project, 'vectors', 'Decide a file of policy-decision vectors and list the differences');
}

/** Replaces a module by one file of it and of everything that it imports. */
function bundle(project: awscdk.AwsCdkConstructLibrary, entry: string, options: string, outfile = entry): void {
  project.compileTask.exec(`esbuild ${entry} --outfile=${outfile} --allow-overwrite --bundle ${options} --log-level=warning`);
}

function script(project: awscdk.AwsCdkConstructLibrary, name: string, description: string): void {
  project.addTask(name, { description, exec: `tsx scripts/${name}.ts`, receiveArgs: true });
}
