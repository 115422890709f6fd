import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { examine } from '../../src/analysis/analysis';
import { brokenIn } from '../proof/results';
import { everyOption, quickStart, s3ManagedThroughInterface } from '../support/scenarios';

interface Statement {
  readonly Sid: string;
  Condition?: Record<string, Record<string, unknown>>;
}

interface TemplateJson {
  readonly Resources: Record<
    string,
    { readonly Type: string; readonly Properties: Record<string, { Statement?: Statement[] }> }
  >;
}

const ENVIRONMENTS = [undefined, 'us-east-1', 'cn-north-1', 'us-gov-west-1'];

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'properties-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** What is said of a cloud assembly, perhaps after a change of its template by hand. */
function examined(define: (stack: Stack) => unknown, region?: string, change?: (template: TemplateJson) => void) {
  const app = new App({ outdir: mkdtempSync(join(folder, 'assembly-')) });
  define(new Stack(app, 'Training', { env: region === undefined ? undefined : { account: '111122223333', region } }));
  const { directory } = app.synth();
  if (change !== undefined) {
    const file = join(directory, 'Training.template.json');
    const template = JSON.parse(readFileSync(file, 'utf8')) as TemplateJson;
    change(template);
    writeFileSync(file, JSON.stringify(template));
  }
  return examine(directory);
}

function failedProperties(change: (template: TemplateJson) => void): string[] {
  const { proofs } = examined(quickStart, undefined, change);
  return proofs.flatMap(brokenIn).map(({ id }) => id);
}

/** The policy documents of a type, to be changed. */
function documents({ Resources }: TemplateJson, type: string): Array<{ Statement?: Statement[] }> {
  return Object.values(Resources)
    .filter(({ Type }) => Type === type)
    .flatMap(({ Properties }) =>
      [Properties.PolicyDocument, Properties.KeyPolicy].filter(each => each?.Statement !== undefined),
    );
}

/** A change that takes the statements of a Sid out of every policy of a type. */
const without = (type: string, sid: string) => (template: TemplateJson) => {
  const all = documents(template, type);
  expect(all.flatMap(({ Statement = [] }) => Statement).map(({ Sid }) => Sid)).toContain(sid);
  all.forEach(document => {
    document.Statement = document.Statement?.filter(({ Sid }) => Sid !== sid);
  });
};

describe('every flow and every property holds', () => {
  test.each(ENVIRONMENTS)('for the quick start, every option and S3-managed keys in %s', region => {
    for (const define of [quickStart, everyOption, s3ManagedThroughInterface]) {
      const { holds, proofs, flows, unresolved } = examined(define, region);
      expect(proofs.flatMap(brokenIn)).toEqual([]);
      expect(flows.flatMap(({ steps }) => steps).filter(step => !step.ok)).toEqual([]);
      expect([holds, unresolved.length]).toEqual([true, 0]);
    }
  });
});

describe('a statement that is missing breaks its property', () => {
  test.each([
    ['AWS::S3::BucketPolicy', 'DenyWithoutTls', 'encrypted[transport]'],
    ['AWS::S3::BucketPolicy', 'DenyObjectsOutsideEndpoint', 'closed[objects-outside-endpoint]'],
    ['AWS::S3::BucketPolicy', 'DenyVersionListsOutsideEndpoint', 'closed[lists-outside-endpoint]'],
    ['AWS::S3::BucketPolicy', 'DenyListsOutsideEndpoint', 'closed[lists-outside-endpoint]'],
    ['AWS::S3::BucketPolicy', 'DenyObjectsToOthers', 'closed[objects-to-others]'],
    ['AWS::S3::BucketPolicy', 'DenyOtherEncryption', 'encrypted[other-keys]'],
    ['AWS::S3::BucketPolicy', 'DenyOtherKeys', 'encrypted[other-keys]'],
    ['AWS::S3::BucketPolicy', 'DenyKmsWithoutKeyId', 'encrypted[other-keys]'],
    ['AWS::S3::BucketPolicy', 'DenyCustomerProvidedKeys', 'encrypted[other-keys]'],
    ['AWS::IAM::ManagedPolicy', 'DenyCredentialsOutsideVpc', 'bound[role-policies]'],
    ['AWS::IAM::ManagedPolicy', 'DenyCredentialsOutsideInstance', 'bound[role-policies]'],
    ['AWS::IAM::ManagedPolicy', 'UseKeysOfDataBuckets', 'works[keys]'],
    ['AWS::EC2::VPCEndpoint', 'ReadWriteObjects', 'works[grants]'],
    ['AWS::KMS::Key', 'DecryptThroughS3', 'works[keys]'],
    ['AWS::KMS::Key', 'AccountAdministersKey', 'not-locked-out[key-configuration]'],
    ['AWS::KMS::Key', 'DenyGrantsExceptForAwsResources', 'closed[key-grants]'],
  ])('%s %s: %s', (type, sid, id) => {
    expect(failedProperties(without(type, sid))).toContain(id);
  });

  test('and so does one with a misspelt condition key', () => {
    expect(
      failedProperties(template =>
        documents(template, 'AWS::S3::BucketPolicy').forEach(({ Statement }) => {
          const statement = Statement?.find(({ Sid }) => Sid === 'DenyWithoutTls');
          if (statement !== undefined) {
            statement.Condition = { Bool: { 'aws:SecureTransprot': 'false' } };
          }
        }),
      ),
    ).toContain('encrypted[transport]');
  });
});
