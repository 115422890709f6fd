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
    expect(out).toMatch(/^no findings · \d+ properties hold, 3 assumptions$/m);
    expect(out).toMatch(/✓ ① credentials [^]*✓ ② temporary [^]*✓ ③ path [^]*\n +UserData +list, read, write, delete\n/);
    expect(status).toBe(0);
  });

  test('shows the flow, a decision for every granted action, and every property', () => {
    const { out } = prove(assembly(), '--details');
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
    const { format, holds, findings, violations, flows, workloads, details } = JSON.parse(out);
    expect([status, format, holds, findings, violations]).toEqual([0, 1, true, [], []]);
    expect([workloads.length, flows.length, details]).toEqual([1, 1, undefined]);
    expect(flows[0].steps.map(({ ok }: { ok: boolean }) => ok)).toEqual([true, true, true]);
    expect(workloads[0].properties.map(({ id }: { id: string }) => id)).toEqual(Object.keys(PROPERTY_METADATA));
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
      /^error {3}works\[grants] {2}Training\/App\/DataBuckets\/UserData\/Bucket\n[^]* {2}because {2}statement Lockout of the bucket policy [^]*\n {2}example [^]* denied by statement Lockout [^]*\n {2}fix {6}correct whom and what it denies[^]*\n {2}breaks {3}also not-locked-out\[bucket-configuration]/m,
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
    expect(out).toMatch(
      /^error {3}no-way-out\[s3-endpoint] {2}Training\/App\/S3Endpoint\/Gateway[^]*\.template\.json:\d+\n {2}The S3 endpoint leads to buckets of anybody\.\n {2}because {2}statement Wide of the endpoint policy /m,
    );
    expect(out).toMatch(/^1 error · \d+ properties hold, \d+ assumptions$/m);
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
      /^error {3}not-locked-out\[bucket-configuration] [^]*\n {2}example [^]*s3:PutBucketPolicy[^]*OldLockout/m,
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
      /^error {3}condition-keys {2}Training\/App\/DataBuckets\/UserData\/.*\n[^]* {2}Statement Wild[^]*vpce-0123[^]*\n {2}fix {6}write StringLike/m,
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
  test.each<[string[], RegExp]>([
    [[], /^no command$/],
    [['prof'], /^unknown command prof, nearest: prove$/],
    [['report'], /^--out is missing/],
    [['prove', '--jason'], /^unknown option --jason, nearest: --json$/],
    [['prove', '--format', 'xml'], /^--format: got xml, allowed: text, json, sarif, junit$/],
    [['prove', '--previous'], /^--previous needs a value$/],
  ])('is told, with the usage: %j', (args, says) => {
    const err: string[] = [];
    expect(
      run(
        args,
        () => undefined,
        line => err.push(line),
      ),
    ).toBe(2);
    expect(err[0]).toMatch(says);
    expect(err.join('\n')).toMatch(/\nusage: /);
  });
});

test.each([['--help'], ['--version'], ['prove', '--help']])('%s %s is printed, and no error', (...args) => {
  const [out, err]: string[][] = [[], []];
  const status = run(
    args.filter(each => each !== undefined),
    line => out.push(line),
    line => err.push(line),
  );
  expect([status, err]).toEqual([0, []]);
  expect(out[0]).toMatch(/^usage: |^\d+\.\d+\.\d+/);
});

describe('what is printed', () => {
  const open = () =>
    assembly(access =>
      access.s3Endpoint.addToPolicy(
        new PolicyStatement({ sid: 'Wide', principals: [new AnyPrincipal()], actions: ['s3:*'], resources: ['*'] }),
      ),
    );

  test('is at most 120 columns wide', () => {
    const { out } = prove(open());
    expect(out.split('\n').filter(line => line.length > 120 && line.trim().includes(' '))).toEqual([]);
  });

  test('has colours on a terminal only', () => {
    const path = open();
    const printed = (isColored: boolean) => {
      const out: string[] = [];
      run(
        ['prove', path],
        line => out.push(line),
        () => undefined,
        { isColored },
      );
      return out.join('\n');
    };
    expect(printed(true)).toContain('\u001b[31m');
    expect(printed(false)).not.toContain('\u001b');
  });
});
