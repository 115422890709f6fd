import { mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Stack, Stage } from 'aws-cdk-lib';
import * as ts from 'typescript';
import { typeErrors } from './type-check';
import * as library from '../../src';
import { ROOT } from '../support/packed';

const SNIPPETS = join(__dirname, 'snippets');
const PACKAGE = 'cdk-private-ec2-s3-access';
const [quickStart, everything] = [
  ...readFileSync(join(SNIPPETS, 'contract.md'), 'utf8').matchAll(/```ts\n([^]*?)```/g),
].map(([, code]) => code);

/** A snippet with what stands around it. */
function inFixture(name: string, snippet: string): string {
  return readFileSync(join(SNIPPETS, `${name}.ts-fixture`), 'utf8').replace('/// here\n', () => snippet);
}

const PROGRAMS: Array<[string, string]> = [
  ['the quick start', inFixture('quick-start', quickStart)],
  ['everything', inFixture('everything', everything)],
];

let outdir: string;

beforeAll(() => {
  outdir = mkdtempSync(join(tmpdir(), 'snippets-'));
  process.env.CDK_OUTDIR = outdir;
});

afterAll(() => {
  delete process.env.CDK_OUTDIR;
  rmSync(outdir, { recursive: true, force: true });
});

/** The complaints of the compiler about programs that import the library by its name. */
function complaints(...programs: string[]): string[] {
  const files = programs.map((program, index): [string, string] => [join(SNIPPETS, `program${index}.ts`), program]);
  return typeErrors(new Map(files), { paths: { [PACKAGE]: [join(ROOT, 'src', 'index.ts')] } });
}

/** Runs a program in this process, with the sources as the library. */
function stackOf(program: string): Stack {
  const { outputText } = ts.transpileModule(program, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const exported: { stack?: Stack } = {};
  const load = (name: string): unknown => (name === PACKAGE ? library : jest.requireActual(name));
  new Function('require', 'exports', outputText)(load, exported);
  return exported.stack!;
}

test('the snippets of the contract compile', () => {
  expect(complaints(...PROGRAMS.map(([, program]) => program))).toEqual([]);
});

test('a snippet that says something else does not compile', () => {
  const misspelt = everything
    .replace('credentialBinding', 'credentialsBinding')
    .replace('minCapacity: 2', 'minCapacity: "2"');

  expect(complaints(inFixture('everything', misspelt))).toEqual([
    expect.stringContaining("Type 'string' is not assignable to type 'number'"),
    expect.stringContaining("'credentialsBinding' does not exist in type 'PrivateEc2S3AccessProps'"),
  ]);
});

test.each(PROGRAMS)('%s synthesizes, and the CDK itself finds nothing wrong with it', (_, program) => {
  const printed = jest.spyOn(console, 'error').mockImplementation();
  const stack = stackOf(program);
  const template = Stage.of(stack)!.synth().getStackByName('Training').template;
  const said = printed.mock.calls.flat().join('\n');
  printed.mockRestore();

  expect(Object.keys(template.Resources).length).toBeGreaterThan(19);
  expect(said).not.toMatch(/CloudFormation-Validate/);
});

test('the quick start is ten lines at most', () => {
  expect(quickStart.split('\n').filter(line => line.trim() !== '').length).toBeLessThanOrEqual(10);
});

test('everything is in the access list: each bucket in the policies of role and endpoint', () => {
  const stack = stackOf(PROGRAMS[1][1]);
  const template = Stage.of(stack)!.synth({ skipValidation: true }).getStackByName('Training').template;
  const policies = (type: string) =>
    JSON.stringify(Object.values<{ Type: string }>(template.Resources).filter(({ Type }) => Type === type));

  for (const bucket of ['UserData', 'Models', 'Scratch']
    .map(id => `AppDataBuckets${id}Bucket`)
    .concat('example-log-archive')) {
    expect(policies('AWS::IAM::ManagedPolicy')).toContain(bucket);
    expect(policies('AWS::EC2::VPCEndpoint')).toContain(bucket);
  }
});
