import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { examine } from '../../src/analysis/analysis';
import { run } from '../../src/cli/run';
import { quickStart } from '../support/scenarios';

type Statement = Record<string, unknown>;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'undecidable-'));
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

/** The cloud assembly of the quick start, with another statement in the policy of the bucket or of the role. */
function assembly(type: string, statement?: Statement): string {
  const app = new App({ outdir: join(folder, 'cdk.out') });
  quickStart(new Stack(app, 'Training'), { proveAtSynthesis: false });
  const { directory } = app.synth();
  const file = join(directory, 'Training.template.json');
  const template = JSON.parse(readFileSync(file, 'utf8'));
  const [policy] = Object.entries<any>(template.Resources)
    .filter(([id, { Type }]) => Type === type && /UserData|Role/.test(id))
    .map(([, { Properties }]) => Properties.PolicyDocument);
  policy.Statement.push(...(statement === undefined ? [] : [{ Sid: 'Odd', ...statement }]));
  writeFileSync(file, JSON.stringify(template));
  return directory;
}

const BUCKET = 'AWS::S3::BucketPolicy';
const ROLE = 'AWS::IAM::ManagedPolicy';
const READ = { Effect: 'Allow', Action: 's3:GetObject' };

describe('a policy that IAM refuses is a finding with its place', () => {
  test.each<[string, string, Statement, RegExp]>([
    ['a number as Resource', ROLE, { ...READ, Resource: 5 }, /Resource has 5, allowed: a text/],
    ['null as Resource', ROLE, { ...READ, Resource: null }, /Resource has null/],
    [
      'a list in a list as Resource',
      ROLE,
      { ...READ, Resource: [['arn:aws:s3:::a/*']] },
      /Resource has a list in a list/,
    ],
    ['an object as Resource', ROLE, { ...READ, Resource: { Bucket: 'a' } }, /Resource has an object/],
    ['a number as Principal', BUCKET, { ...READ, Principal: { AWS: 5 }, Resource: '*' }, /Principal.AWS has 5/],
    ['null as Principal', BUCKET, { ...READ, Principal: null, Resource: '*' }, /Principal is null/],
    [
      'an unknown operator',
      BUCKET,
      { ...READ, Principal: '*', Resource: '*', Condition: { StringEqual: { 'aws:SourceVpc': 'x' } } },
      /condition operator 'StringEqual'/,
    ],
  ])('%s', (_, type, statement, says) => {
    const { violations, holds, proofs } = examine(assembly(type, statement));
    const found = violations.filter(({ rule }) => rule === 'undecidable-policy');
    expect(found).toEqual([expect.objectContaining({ description: expect.stringMatching(says), severity: 'fatal' })]);
    expect(found[0].description).toMatch(/^nothing can be proven: statement Odd of the /);
    expect(found[0].where?.type).toBe(type);
    expect([holds, proofs.length]).toEqual([false, 0]);
  });

  test('and prove prints why', () => {
    const out: string[] = [];
    const status = run(
      ['prove', assembly(ROLE, { ...READ, Resource: null })],
      line => out.push(line),
      () => undefined,
    );
    expect(out.join('\n')).toMatch(
      /^error {3}undecidable-policy {2}Training\/App\/Role[^]*\n {2}Nothing can be proven: statement Odd of [^]*\n {2}fix {6}/m,
    );
    expect(status).toBe(1);
  });
});

describe('a Deny that nothing fulfils', () => {
  test.each<[string, Statement]>([
    ['of a date', { DateGreaterThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } }],
    ['of an address range', { NotIpAddress: { 'aws:VpcSourceIp': '0.0.0.0/0' } }],
    ['of a version of TLS', { StringEquals: { 's3:TlsVersion': 'TLSv1.1' } }],
  ])('%s does not end the proof', (_, Condition) => {
    const statement = { Effect: 'Deny', Principal: '*', Action: 's3:GetObject', Resource: '*', Condition };
    const { violations, proofs } = examine(assembly(BUCKET, statement));
    expect(violations.map(({ rule }) => rule)).not.toContain('internal-error');
    expect(proofs).toHaveLength(1);
  });
});

describe('an error of the proof itself', () => {
  const fail = () => {
    throw new TypeError("Cannot read properties of null (reading 'x')");
  };

  test('is told as that, with where to report it', () => {
    const proof = jest.requireActual<typeof import('../../src/proof/prove')>('../../src/proof/prove');
    jest.spyOn(proof, 'prove').mockImplementation(fail);
    const { violations } = examine(assembly(ROLE));
    expect(violations).toContainEqual(
      expect.objectContaining({
        rule: 'internal-error',
        description: expect.stringMatching(/an internal error of cdk-private-ec2-s3-access: Cannot read properties/),
        fix: expect.stringMatching(/report it at https:\/\/github\.com\/.*\/issues/),
      }),
    );
    expect(violations.map(({ rule }) => rule)).not.toContain('undecidable-policy');
  });

  test('is not what a wrong path is', () => {
    const err: string[] = [];
    run(
      ['prove', join(folder, 'nothing')],
      () => undefined,
      line => err.push(line),
    );
    expect(err.join()).not.toContain('internal error');
  });
});
