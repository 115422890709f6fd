import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { CfnInstance } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import type { PrivateEc2S3Access } from '../../src';
import { run } from '../../src/cli/run';
import { quickStart } from '../support/scenarios';
import { validatedStack } from '../support/validated';

const PLUGIN = 'cdk-private-ec2-s3-access';
const REASON = 'Macie reads the location';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'acknowledged-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const idsOf = ({ violations }: ReturnType<typeof validatedStack>) => [
  ...new Set(violations.map(({ ruleName }) => ruleName)),
];

/** A service that reads the configuration of the log bucket: harmless, and not as intended. */
function letMacieIn(access: PrivateEc2S3Access): void {
  const bucket = logBucketOf(access);
  bucket.addToResourcePolicy(
    new PolicyStatement({
      sid: 'Macie',
      principals: [new ServicePrincipal('macie.amazonaws.com')],
      actions: ['s3:GetBucketLocation'],
      resources: [bucket.bucketArn],
    }),
  );
}

function logBucketOf(access: PrivateEc2S3Access): Bucket {
  const buckets = access.node.findAll().filter((each): each is Bucket => each instanceof Bucket);
  return buckets.find(({ node }) => node.path.includes('/AccessLogs'))!;
}

function withoutNetworkDeny(access: PrivateEc2S3Access): void {
  const policies = access.node.findAll().filter((each): each is CfnBucketPolicy => each instanceof CfnBucketPolicy);
  policies
    .filter(({ node }) => node.path.includes('UserData'))
    .forEach(policy => {
      const { Statement } = Stack.of(policy).resolve(policy.policyDocument) as { Statement: Array<{ Sid?: string }> };
      policy.addPropertyOverride(
        'PolicyDocument.Statement',
        Statement.filter(({ Sid }) => Sid !== 'DenyObjectsOutsideEndpoint'),
      );
    });
}

function openTokens(access: PrivateEc2S3Access): void {
  const instance = access.node.findAll().find((each): each is CfnInstance => each instanceof CfnInstance);
  instance?.addPropertyOverride('MetadataOptions.HttpTokens', 'optional');
}

function prove(define: (app: App) => void, ...options: string[]) {
  const app = new App({ outdir: join(folder, 'cdk.out') });
  define(app);
  try {
    app.synth();
  } catch {
    // the assembly is written all the same
  }
  const out: string[] = [];
  const status = run(
    ['prove', app.outdir, ...options],
    line => out.push(line),
    line => out.push(line),
  );
  return { status, out: out.join('\n') };
}

describe('one acknowledgement', () => {
  const accepted = { id: `${PLUGIN}::closed[log-bucket-configuration]`, reason: REASON };

  test('accepts one property, and no other of its claim', () => {
    const macie = validatedStack(stack => letMacieIn(quickStart(stack)));
    expect(idsOf(macie)).toContain('closed[log-bucket-configuration]');

    const result = validatedStack(stack => {
      const access = quickStart(stack);
      letMacieIn(access);
      withoutNetworkDeny(access);
      Validations.of(access).acknowledge(accepted);
    });
    expect(result.suppressed.map(({ ruleName }) => ruleName)).toEqual(['closed[log-bucket-configuration]']);
    expect(idsOf(result)).toContain('closed[objects-outside-endpoint]');
    expect(result.error).toMatch(/ValidationFailed/);
  });

  test('is on one construct: the same of another bucket is not accepted', () => {
    const result = validatedStack(stack => {
      const access = quickStart(stack);
      ['UserData', 'Datasets'].forEach(key =>
        access.dataBucket(key).addToResourcePolicy(
          new PolicyStatement({
            principals: [new ServicePrincipal('macie.amazonaws.com')],
            actions: ['s3:GetBucketLocation'],
            resources: [access.dataBucket(key).bucketArn],
          }),
        ),
      );
      const id = `${PLUGIN}::closed[bucket-configuration]`;
      Validations.of(access.dataBucket('UserData')).acknowledge({ id, reason: REASON });
    });
    const left = result.violations.filter(({ ruleName }) => ruleName === 'closed[bucket-configuration]');
    expect(left.flatMap(({ constructPaths }) => constructPaths)).toEqual([
      expect.stringMatching(/^Training\/App\/DataBuckets\/Datasets\//),
    ]);
  });
});

describe('an acknowledgement that would be void is refused', () => {
  const given = (id: string) =>
    validatedStack(stack => Validations.of(quickStart(stack)).acknowledge({ id: `${PLUGIN}::${id}`, reason: REASON }));

  test.each<[string, RegExp]>([
    ['closed', /got .*::closed, which is a whole claim, allowed: .*::closed\[objects-outside-endpoint\], .*::closed\[/],
    ['instance-metdata', /got .*::instance-metdata, which is the id of nothing, allowed: .*::instance-metadata$/],
    ['nothing-of-that-kind', /allowed: the id of a property or a rule/],
  ])('%s', (id, says) => {
    const { violations, error } = given(id);
    expect(violations.map(({ ruleName, description }) => [ruleName, description])).toEqual([
      ['acknowledgement', expect.stringMatching(says)],
    ]);
    expect(error).toMatch(/ValidationFailed/);
  });

  test('and cannot be acknowledged itself', () => {
    const { error } = validatedStack(stack => {
      const access = quickStart(stack);
      Validations.of(access).acknowledge({ id: `${PLUGIN}::closed`, reason: REASON });
      Validations.of(access).acknowledge({ id: `${PLUGIN}::acknowledgement`, reason: REASON });
    });
    expect(error).toMatch(/ValidationFailed/);
  });
});

describe('prove', () => {
  const id = `${PLUGIN}::instance-metadata`;
  const reason = 'an old agent needs IMDSv1';

  test.each<[string, (access: PrivateEc2S3Access) => App | Stack | PrivateEc2S3Access]>([
    ['the construct', access => access],
    ['the stack', access => Stack.of(access)],
    ['the app', access => access.node.root as App],
  ])('shows what is accepted on %s, with the reason, and holds', (_, on) => {
    const { status, out } = prove(app => {
      const access = quickStart(new Stack(app, 'Training'));
      openTokens(access);
      Validations.of(on(access)).acknowledge({ id, reason });
    });
    expect(out).toMatch(/^accepted {2}instance-metadata on .*: "an old agent needs IMDSv1"$/m);
    expect(out).toMatch(/^no findings, 1 accepted · \d+ properties hold/m);
    expect(status).toBe(0);
  });

  test('fails where nobody accepts it', () => {
    const { status, out } = prove(app => openTokens(quickStart(new Stack(app, 'Training'))));
    expect(out).toMatch(/^error {3}instance-metadata {2}/m);
    expect(status).toBe(1);
  });

  test('fails for a warning only where that is asked for', () => {
    const useless = (app: App) => {
      const bucket = quickStart(new Stack(app, 'Training')).dataBucket('UserData');
      const [one, other] = ['Once', 'Twice'].map(
        sid =>
          new PolicyStatement({
            sid,
            principals: [new ServicePrincipal('delivery.logs.amazonaws.com')],
            actions: ['s3:GetBucketAcl'],
            resources: [bucket.bucketArn],
            conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(bucket).account } },
          }),
      );
      bucket.addToResourcePolicy(one);
      bucket.addToResourcePolicy(other);
    };
    const { status, out } = prove(useless);
    expect(out).toMatch(/^warning no-dead-statement {2}Training/m);
    expect(status).toBe(0);
    rmSync(join(folder, 'cdk.out'), { recursive: true });
    expect(prove(useless, '--strict').status).toBe(1);
  });
});
