import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import library from '../../../package.json';
import { pacmak } from '../../../scripts/languages/pacmak';
import { ROOT, runIn } from '../../support/packed';

const CDK = library.devDependencies['aws-cdk-lib'];
const HOME = join(ROOT, '.work', 'languages', `go-${CDK}`);

/** The packages of the CDK on npm that have Go bindings. */
const CDK_PACKAGES = [
  'aws-cdk-lib',
  '@aws-cdk/cloud-assembly-schema',
  '@aws-cdk/asset-awscli-v1',
  '@aws-cdk/asset-node-proxy-agent-v6',
  'constructs',
];

/** Finds the modules of a project: those of the CDK are generated where the module proxy does not have them. */
export function findModules(project: string): void {
  try {
    runIn(project, 'go', ['mod', 'tidy']);
  } catch (error) {
    if (!String(error).includes('aws-cdk-go') && !String(error).includes('cdklabs')) {
      throw error;
    }
    console.warn(
      `Go: the module proxy does not have all modules of the CDK ${CDK}: they are generated from its packages on npm`,
    );
    generated().forEach(module => replaceModule(project, module));
    runIn(project, 'go', ['mod', 'tidy']);
  }
}

/** Lets a project take a module from a folder. */
export function replaceModule(project: string, folder: string): void {
  const [, name] = /^module (\S+)$/m.exec(readFileSync(join(folder, 'go.mod'), 'utf8'))!;
  runIn(project, 'go', ['mod', 'edit', `-replace=${name}=${folder}`]);
}

/** What AWS publishes as aws-cdk-go, generated the same way. It takes two minutes, once for each version. */
function generated(): string[] {
  if (!existsSync(HOME)) {
    const unfinished = `${HOME}-unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    CDK_PACKAGES.forEach(name =>
      pacmak('go', unfinished, { codeOnly: true, project: join(ROOT, 'node_modules', name) }),
    );
    renameSync(unfinished, HOME);
  }
  return ['awscdk', 'awscdkcloudassemblyschema', 'awscliv1', 'nodeproxyagentv6', 'constructs'].map(name =>
    join(HOME, 'go', name),
  );
}
