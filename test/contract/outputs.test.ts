import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type ConsumerProject, ROOT, consumerProject, synthesizeApp } from '../support/packed';

const QUICK_START = join(ROOT, 'examples', 'quick-start');

/** What is told after a deployment, and the type of the resource that it is of. */
const OUTPUTS = {
  UserDataBucket: 'AWS::S3::Bucket',
  DatasetsBucket: 'AWS::S3::Bucket',
  InstanceId: 'AWS::EC2::Instance',
  RoleArn: 'AWS::IAM::Role',
};

const PROGRAMS = [
  'typescript/app.ts',
  'python/app.py',
  'java/src/main/java/quickstart/QuickStart.java',
  'go/main.go',
  'csharp/Program.cs',
];

interface Template {
  readonly Resources: Record<string, { readonly Type: string }>;
  readonly Outputs?: Record<string, { readonly Value: Record<string, string | string[]> }>;
}

/** The part of a page below a heading. */
function sectionOf(file: string, heading: string): string {
  const [, section = ''] = readFileSync(file, 'utf8').split(`\n## ${heading}\n`);
  return section.split('\n## ')[0];
}

describe('the quick start', () => {
  let project: ConsumerProject;

  beforeAll(() => {
    project = consumerProject();
  });

  afterAll(() => rmSync(project.directory, { recursive: true, force: true }));

  test('tells its buckets, its instance and its role', () => {
    const folder = join(QUICK_START, 'typescript');
    const { app } = JSON.parse(readFileSync(join(folder, 'cdk.json'), 'utf8')) as { app: string };
    const { assembly } = synthesizeApp(project, app, folder);
    const { Resources, Outputs = {} } = JSON.parse(
      readFileSync(join(assembly, 'QuickStart.template.json'), 'utf8'),
    ) as Template;
    const told = Object.entries(Outputs).map(([id, { Value }]) => {
      const [resource] = Object.values(Value).flat();
      return [id, Resources[resource].Type];
    });

    expect(Object.fromEntries(told)).toEqual(OUTPUTS);
  });
});

test.each(PROGRAMS)('the quick start in %s has every output', program => {
  const code = readFileSync(join(QUICK_START, program), 'utf8');

  expect(code).toContain('CfnOutput');
  expect(Object.keys(OUTPUTS).filter(id => !code.includes(`"${id}"`) && !code.includes(`'${id}'`))).toEqual([]);
});

test('the guide says what to do next with every output', () => {
  const rows = sectionOf(join(ROOT, 'docs', 'getting-started.md'), 'After the deployment')
    .split('\n')
    .filter(line => line.startsWith('| `'));

  expect(rows.map(row => /`(\w+)`/.exec(row)![1])).toEqual(Object.keys(OUTPUTS));
});
