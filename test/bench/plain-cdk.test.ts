import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Environment, Stack } from 'aws-cdk-lib';
import { plainCdk } from '../../bench/plain-cdk/app';
import type { Examination } from '../../src/analysis/analysis';
import { run } from '../../src/cli/run';
import { claimOf } from '../../src/proof';
import { brokenIn } from '../proof/results';
import { ENVIRONMENTS } from '../support/synthesized';

type Details = Pick<Examination, 'flows' | 'proofs'>;

/** What the command line says of the plain version. */
function proven(env?: Environment): { status: number; examination: Details } {
  const outdir = mkdtempSync(join(tmpdir(), 'plain-cdk-'));
  try {
    const app = new App({ outdir, analyticsReporting: false });
    plainCdk(new Stack(app, 'PlainCdk', { env }));
    app.synth();
    const out: string[] = [];
    const status = run(
      ['prove', outdir, '--json', '--details'],
      line => out.push(line),
      line => out.push(line),
    );
    const { flows, details } = JSON.parse(out.join('\n'));
    return { status, examination: { flows, proofs: details.proofs } };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** Without AZ look-ups, which a stack with an environment would ask for. */
const {
  examination: { flows, proofs },
  status,
} = proven();

/** The counterexample to a claim, as one text. */
function against(name: string): string {
  return brokenIn(proofs[0])
    .filter(({ id }) => claimOf(id) === name)
    .flatMap(result => result.counterexamples)
    .map(({ request, decision, expected, fix }) => [request, decision, expected, fix].join('\n'))
    .join('\n');
}

describe('the pattern with nothing but the CDK', () => {
  test('has one workload, and everything in it can be read', () => {
    expect([status, flows.length, proofs.length]).toEqual([1, 1, 1]);
    expect(flows[0].buckets).toHaveLength(1);
  });

  test('breaks properties of four claims, and holds the others', () => {
    expect(brokenIn(proofs[0]).map(({ id }) => id)).toEqual([
      'closed[objects-outside-endpoint]',
      'closed[objects-to-others]',
      'closed[lists-outside-endpoint]',
      'closed[endpoint-to-others]',
      'closed[key-grants]',
      'closed[key-use]',
      'no-way-out[s3-endpoint]',
      'no-way-out[role]',
      'encrypted[other-keys]',
      'bound[role-policies]',
      'bound[keys]',
    ]);
  });

  test.each([
    [
      'closed',
      [
        /the role of the workload, from the internet/,
        / s3:GetObject on arn:.*:s3:::<PlainCdk\.Data\w+>\//,
        /no statement denies it/,
        /\ndenied\n/,
        /deny s3:\* on the objects .* unless aws:SourceVpce/,
      ],
    ],
    [
      'no-way-out',
      [
        /through vpce-<PlainCdk\.VpcS3\w+>/,
        /stranger\/loot of account/,
        /no statement denies it/,
        /\ndenied\n/,
        /let the endpoint policy allow the data buckets only/,
      ],
    ],
    [
      'encrypted',
      [/encryption header aws:kms: s3:PutObject/, /no statement denies it/, /\ndenied\n/, /aws:kms without a key/],
    ],
    [
      'bound',
      [
        /the role of the workload, from the internet/,
        /allowed by statement #1 of the identity policy/,
        /\ndenied\n/,
        /pin the role's Allows to aws:SourceVpce/,
      ],
    ],
  ])('shows why %s does not hold', (claim, words) => {
    for (const word of words) {
      expect(against(claim)).toMatch(word);
    }
  });

  test('breaks the request flow at the metadata service only', () => {
    const broken = flows[0].steps.flatMap(({ step, checks }) =>
      checks.filter(({ ok }) => !ok).map(({ sentence }) => `${step}: ${sentence}`),
    );
    expect(broken).toEqual([expect.stringMatching(/^1: HttpPutResponseHopLimit of .* is not stated/)]);
  });

  test.each(ENVIRONMENTS.filter(([, env]) => env !== undefined))('breaks the same properties in %s', (_, env) => {
    const [proof] = proven(env).examination.proofs;
    expect(brokenIn(proof).map(({ id }) => id)).toEqual(brokenIn(proofs[0]).map(({ id }) => id));
  });
});
