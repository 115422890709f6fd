import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Guardrail, WorkloadsOuGuardrails } from '../../src';
import { examine } from '../../src/analysis/analysis';
import { run } from '../../src/cli/run';
import { quickStart } from '../support/scenarios';

type Template = Record<string, any>;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'unread-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function assembly(change: (template: Template) => void, define: (stack: Stack) => unknown = quickStart): string {
  const app = new App({ outdir: join(folder, 'cdk.out') });
  define(new Stack(app, 'Training'));
  const { directory } = app.synth();
  const file = join(directory, 'Training.template.json');
  const template = JSON.parse(readFileSync(file, 'utf8'));
  change(template);
  writeFileSync(file, JSON.stringify(template));
  return directory;
}

function handmade(template: Template): string {
  const file = join(folder, 'template.json');
  writeFileSync(file, JSON.stringify(template));
  return file;
}

function printed(path: string): string {
  const found: string[] = [];
  run(
    ['prove', path],
    line => void found.push(line),
    line => void found.push(line),
  );
  return found.join('\n');
}

const outcomes = (directory: string) =>
  new Map(examine(directory).proofs.flatMap(({ properties }) => properties.map(({ id, outcome }) => [id, outcome])));

describe('what is printed where no workload is found says what was not seen', () => {
  test.each<[string, Template, RegExp]>([
    [
      'nested stacks elsewhere',
      { All: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'https://a.s3.amazonaws.com/b.json' } } },
      /^not read: .*All.*TemplateURL/m,
    ],
    [
      'a stack set',
      { All: { Type: 'AWS::CloudFormation::StackSet', Properties: { StackSetName: 'a', TemplateBody: '{}' } } },
      /not read: .*StackSet|not read: .*stack set/,
    ],
    [
      'a loop over what is not there',
      { 'Fn::ForEach::All': ['Name', { Ref: 'Names' }, { 'Vm${Name}': { Type: 'AWS::EC2::Instance' } }] },
      /not read: .*ForEach/,
    ],
  ])('%s', (_, Resources, line) => {
    expect(printed(handmade({ Parameters: { Names: { Type: 'CommaDelimitedList' } }, Resources }))).toMatch(line);
  });

  test('and nothing else where everything is read', () => {
    const text = printed(handmade({ Resources: { Topic: { Type: 'AWS::SNS::Topic' } } }));
    expect(text.split('\n')).toHaveLength(1);
  });
});

test('a loop that is written out is told', () => {
  const topics = { 'Fn::ForEach::Topics': ['Name', ['One', 'Two'], { 'Topic${Name}': { Type: 'AWS::SNS::Topic' } }] };
  expect(printed(handmade({ Resources: topics }))).toContain('written out: Fn::ForEach::Topics');
});

describe.each<[string, (template: Template) => void]>([
  ['a macro', template => void (template.Transform = 'SomebodysMacro')],
  ['a module', template => void (template.Resources.Module = { Type: 'Acme::S3::Thing::MODULE', Properties: {} })],
])('%s in the stack of the workload', (_, change) => {
  test('leaves every property that holds unproven, with one finding', () => {
    const directory = assembly(change);
    const { violations, holds } = examine(directory);
    expect([holds, violations.map(({ rule }) => rule)]).toEqual([false, ['unread-parts']]);
    const found = [...outcomes(directory)].filter(([, outcome]) => outcome !== 'does not apply');
    expect(found.length).toBeGreaterThan(20);
    expect(found.filter(([, outcome]) => outcome !== 'not proven')).toEqual([]);
    expect(printed(directory)).toMatch(/^error {3}unread-parts\b/m);
  });
});

test.each<[string, string, (properties: Template) => Template]>([
  ['a bucket', 'AWS::S3::Bucket', properties => properties],
  ['a bucket policy', 'AWS::S3::BucketPolicy', ({ PolicyDocument }) => PolicyDocument],
  ['a role', 'AWS::IAM::Role', properties => properties],
])('what a macro adds to %s is not taken for nothing', (_, type, partOf) => {
  const include = { Name: 'AWS::Include', Parameters: { Location: 's3://somewhere/part.json' } };
  const directory = assembly(template =>
    Object.values<any>(template.Resources)
      .filter(({ Type }) => Type === type)
      .forEach(({ Properties }) => Object.assign(partOf(Properties), { 'Fn::Transform': include })),
  );
  const { holds, violations } = examine(directory);
  expect(holds).toBe(false);
  expect(violations.map(({ description }) => description).join()).toContain('Fn::Transform');
});

test('more Regions in policies than are tried leave everything unproven', () => {
  const regions = ['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'eu-west-1', 'eu-west-2'];
  const directory = assembly(template => {
    const policy = Object.values<any>(template.Resources).find(({ Type }) => Type === 'AWS::S3::BucketPolicy');
    policy.Properties.PolicyDocument.Statement.push({
      Sid: 'Regions',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:PutBucketAcl',
      Resource: '*',
      Condition: { StringNotEquals: { 'aws:RequestedRegion': regions } },
    });
  });
  expect(outcomes(directory).get('closed[objects-outside-endpoint]')).toBe('not proven');
});

test('a policy of AWS that is not known leaves unproven that nothing else is allowed', () => {
  const directory = assembly(
    () => undefined,
    stack => {
      const { role } = quickStart(stack, { proveAtSynthesis: false });
      role.addManagedPolicy(ManagedPolicy.fromAwsManagedPolicyName('SomethingNewFromAws'));
    },
  );
  const found = outcomes(directory);
  expect(found.get('works[no-escalation]')).toBe('violated');
  expect(['violated', 'not proven']).toContain(found.get('works[nothing-else]'));
  expect(found.get('closed[objects-outside-endpoint]')).toBe('holds');
});

test('guardrails that are attached to nothing are told, and guard nothing', () => {
  const directory = assembly(
    template => {
      Object.values<any>(template.Resources)
        .filter(({ Type }) => Type === 'AWS::Organizations::Policy')
        .forEach(({ Properties }) => delete Properties.TargetIds);
    },
    stack => {
      quickStart(stack);
      new WorkloadsOuGuardrails(stack, 'Guardrails', {
        organizationId: 'o-a1b2c3d4e5',
        targetIds: ['ou-ab12-11111111'],
        resourceControl: { requireOrganizationNetworks: Guardrail.on() },
      });
    },
  );
  const { violations } = examine(directory);
  const found = violations.filter(({ rule }) => rule === 'attached-guardrails');
  expect(found.length).toBeGreaterThan(0);
  expect(found.every(({ severity }) => severity === 'warning')).toBe(true);
  expect(outcomes(directory).get('guarded[networks]')).toBe('does not apply');
});
