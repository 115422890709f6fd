import { existsSync, readFileSync, readdirSync, rmSync } from 'fs';
import { join } from 'path';
import { typeErrors } from './type-check';
import library from '../../package.json';
import { agreementIn } from '../support/agreement';
import {
  ConsumerProject,
  ROOT,
  SynthesizedApp,
  consumerProject,
  copyInto,
  synthesizeApp,
  synthesizeTogether,
  templatesOf,
} from '../support/packed';

const EXAMPLES = join(ROOT, 'examples');
const scenarios = readdirSync(EXAMPLES)
  .filter(name => existsSync(join(EXAMPLES, name, 'typescript', 'app.ts')))
  .sort();

const folderOf = (scenario: string) => join(EXAMPLES, scenario, 'typescript');
const readJson = (scenario: string, file: string) => JSON.parse(readFileSync(join(folderOf(scenario), file), 'utf8'));

const typesIn = (assembly: string) =>
  Object.values(templatesOf(assembly))
    .flatMap(({ Resources }) => Object.values(Resources))
    .map(({ Type }) => Type);

describe('the examples', () => {
  let project: ConsumerProject;
  let synthesized: ReadonlyMap<string, Pick<SynthesizedApp, 'assembly' | 'stderr'>>;

  beforeAll(() => {
    project = consumerProject();
    synthesized = synthesizeTogether(project, scenarios.map(folderOf), 'app.ts');
  });

  afterAll(() => rmSync(project.directory, { recursive: true, force: true }));

  test('include the quick start, of ten lines at most and its outputs', () => {
    expect(scenarios).toContain('quick-start');
    const code = readFileSync(join(folderOf('quick-start'), 'app.ts'), 'utf8');

    expect(
      code.split('\n').filter(line => line.trim() !== '' && !line.startsWith('new CfnOutput(')).length,
    ).toBeLessThanOrEqual(10);
  });

  test('compile against the published package', () => {
    const apps = scenarios.map((scenario): [string, undefined] => [
      join(copyInto(project, folderOf(scenario)), 'app.ts'),
      undefined,
    ]);

    expect(typeErrors(new Map(apps))).toEqual([]);
  });

  test('synthesize with their command, the same in each', () => {
    const { app: command } = readJson('quick-start', 'cdk.json');
    const { assembly } = synthesizeApp(project, command, folderOf('quick-start'));

    expect(typesIn(assembly)).toContain('AWS::EC2::VPCEndpoint');
    expect(scenarios.filter(scenario => readJson(scenario, 'cdk.json').app !== command)).toEqual([]);
  });

  test.each(scenarios)('%s synthesizes from the published package', scenario => {
    const { assembly, stderr } = synthesized.get(folderOf(scenario))!;

    expect(typesIn(assembly)).toContain('AWS::EC2::VPCEndpoint');
    expect(stderr).not.toMatch(/CloudFormation-Validate|error|failed/i);
    expect(agreementIn(assembly).differences).toEqual([]);
  });

  test.each(scenarios)('%s names what it needs, in versions that the library supports', scenario => {
    const { dependencies, devDependencies } = readJson(scenario, 'package.json');

    expect(Object.keys(dependencies).sort()).toEqual(['aws-cdk-lib', 'cdk-private-ec2-s3-access', 'constructs']);
    expect(dependencies['aws-cdk-lib']).toBe(library.peerDependencies['aws-cdk-lib']);
    expect(dependencies.constructs).toBe(library.peerDependencies.constructs);
    expect(devDependencies['aws-cdk']).toBe(library.devDependencies['aws-cdk']);
  });

  test.each(scenarios)('%s says when to use it', scenario => {
    const readme = [join(EXAMPLES, scenario, 'README.md'), join(folderOf(scenario), 'README.md')].find(file =>
      existsSync(file),
    );

    expect(readme && readFileSync(readme, 'utf8')).toMatch(/^# .+\n\n\w/);
  });
});
