import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { run } from '../../src/cli/run';
import type { PrivateEc2S3Access } from '../../src/private-ec2-s3-access';
import { PROPERTY_METADATA } from '../../src/proof';
import { quickStart } from '../support/scenarios';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'prove-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** The cloud assembly of the quick start, after somebody changed something. */
function assembly(change: (access: PrivateEc2S3Access) => void = () => undefined, name = 'cdk.out'): string {
  const app = new App({ outdir: join(folder, name) });
  change(quickStart(new Stack(app, 'Training'), { proveAtSynthesis: false }));
  return app.synth().directory;
}

function prove(...args: string[]) {
  const [out, err]: string[][] = [[], []];
  const status = run(
    ['prove', ...args],
    line => out.push(line),
    line => err.push(line),
  );
  return { status, out: out.join('\n'), err: err.join('\n') };
}

describe('prove', () => {
  test('finds that everything holds for the quick start', () => {
    const { status, out } = prove(assembly());
    expect(out).not.toContain('✗');
    expect(out).toContain('every flow, every property and every rule holds');
    expect(status).toBe(0);
  });

  test('shows the flow, a decision for every granted action, and every property', () => {
    const { out } = prove(assembly());
    for (const step of ['① ', '② ', '③ ']) {
      expect(out).toContain(`✓ ${step}`);
    }
    expect(out).toMatch(/✓ {2}s3:PutObject .*allowed by statement ReadWriteObjects of the identity policy/);
    for (const id of Object.keys(PROPERTY_METADATA)) {
      expect(out).toMatch(new RegExp(`^  [✓–] ${id.replace(/[[\]]/g, '\\$&')}`, 'm'));
    }
  });

  test('reads a single template as well', () => {
    expect(prove(join(assembly(), 'Training.template.json')).status).toBe(0);
  });

  test('prints the same for machines', () => {
    const { status, out } = prove(assembly(), '--json');
    const { holds, flows, proofs } = JSON.parse(out);
    expect([status, holds, flows.length, proofs.length]).toEqual([0, true, 1, 1]);
    expect(proofs[0].properties.map(({ id }: { id: string }) => id)).toEqual(Object.keys(PROPERTY_METADATA));
  });

  test('fails with a counterexample where a statement denies the bucket to its administrators', () => {
    const { status, out } = prove(
      assembly(access =>
        access.dataBucket('UserData').addToResourcePolicy(
          new PolicyStatement({
            sid: 'Lockout',
            effect: Effect.DENY,
            principals: [new AnyPrincipal()],
            actions: ['s3:*'],
            resources: [access.dataBucket('UserData').bucketArn],
            conditions: { StringNotEquals: { 'aws:SourceVpce': 'vpce-0123456789abcdef0' } },
          }),
        ),
      ),
    );
    expect(status).toBe(1);
    expect(out).toMatch(
      /✗ not-locked-out\[bucket-configuration]\n +see below: statement Lockout of the bucket policy [^]*\n✗ statement Lockout .*: correct whom and what it denies[^]*\n +not-locked-out\[bucket-configuration] on .*: denied by statement Lockout .*, expected: /,
    );
  });

  test('fails with a counterexample where the endpoint policy is widened', () => {
    const { status, out } = prove(
      assembly(access =>
        access.s3Endpoint.addToPolicy(
          new PolicyStatement({
            sid: 'Wide',
            principals: [new AnyPrincipal()],
            actions: ['s3:*'],
            resources: ['*'],
          }),
        ),
      ),
    );
    expect(status).toBe(1);
    expect(out).toMatch(/✗ no-way-out\[s3-endpoint]\n +see below: statement Wide of the endpoint policy /);
    expect(out).toMatch(
      /\n✗ statement Wide of .*\n +no-way-out\[s3-endpoint] on .*: allowed by statement Wide .*, expected: denied/,
    );
  });

  test('looks at every mix of what is deployed and what will be', () => {
    const lockout = (access: PrivateEc2S3Access) =>
      access.dataBucket('UserData').addToResourcePolicy(
        new PolicyStatement({
          sid: 'OldLockout',
          effect: Effect.DENY,
          principals: [new AnyPrincipal()],
          actions: ['s3:PutBucketPolicy'],
          resources: [access.dataBucket('UserData').bucketArn],
        }),
      );
    const [now, next] = [assembly(lockout, 'now'), assembly(undefined, 'next')];

    expect(prove(next).status).toBe(0);
    expect(prove(next, '--previous', next).status).toBe(0);
    const { status, out } = prove(next, '--previous', now);
    expect(status).toBe(1);
    expect(out).toMatch(
      /✗ not-locked-out\[bucket-configuration]\n +request: .*s3:PutBucketPolicy.*\n +decision: .*OldLockout/,
    );
  });

  test('prints what breaks a rule, and what to do about it', () => {
    const { status, out } = prove(
      assembly(access =>
        access.dataBucket('UserData').addToResourcePolicy(
          new PolicyStatement({
            sid: 'Wild',
            effect: Effect.DENY,
            principals: [new AnyPrincipal()],
            actions: ['s3:GetObject'],
            resources: [access.dataBucket('UserData').arnForObjects('*')],
            conditions: { StringEquals: { 'aws:SourceVpce': 'vpce-0123*' } },
          }),
        ),
      ),
    );
    expect(status).toBe(1);
    expect(out).toMatch(
      /✗ condition-keys: Training\/App\/DataBuckets\/UserData\/.*\n +found: .*Wild.*vpce-0123.*\n +fix: +write StringLike/,
    );
  });

  test('says so where there is nothing to prove', () => {
    const file = join(folder, 'empty.template.json');
    writeFileSync(file, JSON.stringify({ Resources: { Topic: { Type: 'AWS::SNS::Topic' } } }));
    const { status, out } = prove(file);
    expect(status).toBe(1);
    expect(out).toContain('no workload found');
  });

  test('says what is wrong with the path', () => {
    const { status, err } = prove(join(folder, 'nothing'));
    expect(status).toBe(1);
    expect(err).toMatch(/path: got .*nothing.*, allowed: an existing file or directory, fix: run cdk synth first/);
  });
});

describe('a wrong command line', () => {
  test.each([[[]], [['report']], [['prove', 'one', 'two']], [['prove', '--jason']], [['prove', '--previous']]])(
    'is answered with the usage: %j',
    args => {
      const err: string[] = [];
      expect(
        run(
          args,
          () => undefined,
          line => err.push(line),
        ),
      ).toBe(2);
      expect(err[0]).toMatch(/^usage: /);
    },
  );
});
