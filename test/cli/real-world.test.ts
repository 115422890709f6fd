import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../src/cli/run';

/** What a person expects of a template. */
interface Expected {
  /** `id place`: a finding, or what a finding breaks, too. */
  readonly finds: readonly string[];
  /** Ids that would be untrue there. */
  readonly never?: readonly string[];
  /** What cannot be read, and has to be said. */
  readonly notRead?: readonly string[];
  readonly workloads: readonly string[];
}

const NO_WORKLOAD: Expected = { finds: [], workloads: [] };

const OPEN_BUCKET = ['closed[objects-outside-endpoint]', 'closed[lists-outside-endpoint]', 'encrypted[transport]'];

/** A bucket without a policy, as most are. */
const open = (bucket: string) => OPEN_BUCKET.map(id => `${id} ${bucket}`);

const TOKENS = 'instance-metadata';

const server = (finds: readonly string[], never: readonly string[] = [TOKENS]): Expected => ({
  finds,
  never,
  workloads: ['Server'],
});

/**
 * Written by hand, before any of them was run. What was changed after that: a bucket is open to others through an
 * endpoint only where there is one; two policies of a bucket are told at the second; what a launch template says of the
 * metadata service is told at the group.
 */
const EXPECTED: Readonly<Record<string, Expected>> = {
  'sample-web-server.yaml': { finds: [...open('Site'), `${TOKENS} Web`], workloads: ['Web'] },
  'default-endpoint-policy.yaml': server([
    ...open('Data'),
    'closed[objects-to-others] Data',
    'no-way-out[s3-endpoint] S3Endpoint',
  ]),
  'full-access.yaml': server([...open('Data'), 'no-way-out[role] Role']),
  'nat-gateway.yaml': server([...open('Data'), 'no-way-out[routes] Server']),
  'public-read.yaml': server([...open('Data'), 'broad-principals Data', 'closed[bucket-policy-alone] Data']),
  'static-keys.yaml': server([...open('Data'), 'temporary-credentials Server']),
  'access-key.yaml': server(open('Data')),
  'launch-template.yaml': { finds: [...open('Data'), `${TOKENS} Fleet`], workloads: ['Fleet'] },
  // Nothing tells its role: no workload, and a line that says so.
  'imported-profile.yaml': { finds: [], notRead: ['Server'], workloads: [] },
  'hard-coded-arns.yaml': server(['no-way-out[s3-endpoint] S3Endpoint']),
  'only-function.yaml': NO_WORKLOAD,
  'sam-globals.yaml': NO_WORKLOAD,
  'sam-and-server.yaml': server([...open('Data'), 'unread-parts Server']),
  'nested-by-url.yaml': server([...open('Data'), 'unread-parts Server']),
  'only-nested.yaml': NO_WORKLOAD,
  'condition-on-tokens.yaml': server([...open('Data'), `${TOKENS} Server`], []),
  'mapping.yaml': server(open('Data')),
  'bastion.yaml': NO_WORKLOAD,
  'no-role.yaml': NO_WORKLOAD,
  'only-bucket.yaml': NO_WORKLOAD,
  'administrator.yaml': server([...open('Data'), 'no-way-out[role] Role', 'works[no-escalation] Role']),
  'trust-account.yaml': server([...open('Data'), 'bound[trust] Role']),
  'wildcard.yaml': server([...open('Data'), 'no-way-out[role] Role', 'no-way-out[s3-endpoint] S3Endpoint']),
  'public-address.yaml': server([...open('Data'), 'no-way-out[routes] Server']),
  'two-bucket-policies.yaml': server(['only-one TwoPolicy']),
  'batch.yaml': { finds: open('Data'), workloads: ['Machines'] },
  'eks-nodes.yaml': { finds: open('Data'), workloads: ['Nodes'] },
  'spot-fleet.yaml': { finds: [...open('Data'), `${TOKENS} Spot`], workloads: ['Spot'] },
  'launch-configuration.yaml': { finds: [...open('Data'), `${TOKENS} Fleet`], workloads: ['Fleet'] },
  'interface-endpoint.yaml': server([...open('Data'), 'no-way-out[s3-endpoint] S3Interface']),
  'partner-account.yaml': server([...open('Data'), 'closed[bucket-configuration] Data']),
  'plain-cdk.json': server(open('DataBucketE3889A50')),
  'plain-cdk-imdsv1.json': server([...open('DataBucketE3889A50'), `${TOKENS} Server`], []),
  'sub-with-map.json': server(open('DataBucketE3889A50')),
  'pass-role.json': server([...open('DataBucketE3889A50'), 'works[no-escalation] ServerRole5A1B']),
  'terraform-turned.json': server([]),
  'metadata-off.json': server([...open('DataBucketE3889A50'), `${TOKENS} Server`], []),
  'no-s3-grant.json': NO_WORKLOAD,
  'ssm-image.json': server(open('DataBucketE3889A50')),
  'open-key.json': server([...open('DataBucketE3889A50'), 'closed[key-use] DataKey']),
};

const FOLDER = join(__dirname, 'real-world');

function printed(...args: string[]): { readonly status: number; readonly out: string } {
  const out: string[] = [];
  const print = (line: string) => void out.push(line);
  const status = run(['prove', ...args], print, print);
  return { status, out: out.join('\n') };
}

interface Found {
  readonly id: string;
  readonly breaks: readonly string[];
  readonly places: ReadonlyArray<{ readonly name: string; readonly line?: number }>;
}

test('every template is in the table', () => {
  expect(readdirSync(FOLDER).sort()).toEqual(Object.keys(EXPECTED).sort());
});

test.each(Object.entries(EXPECTED))('%s', (name, { finds, never = [], notRead = [], workloads }) => {
  const { status, out } = printed(join(FOLDER, name), '--json');
  const { findings, summary, workloads: looked, notRead: said } = JSON.parse(out);
  const told = (findings as Found[]).flatMap(({ id, breaks, places }) =>
    [id, ...breaks].flatMap(each => places.map(place => `${each} ${place.name}`)),
  );
  expect(told).toEqual(expect.arrayContaining([...finds]));
  expect(told.filter(each => never.includes(each.split(' ')[0]))).toEqual([]);
  expect(looked.map(({ logicalId }: { logicalId: string }) => logicalId)).toEqual(workloads);
  const unread = said.map(({ logicalId }: { logicalId: string }) => logicalId);
  expect(unread).toEqual(expect.arrayContaining([...notRead]));
  expect(status).toBe(workloads.length === 0 || summary.errors > 0 ? 1 : 0);
  expect((findings as Found[]).flatMap(({ places }) => places).every(({ line }) => line !== undefined)).toBe(true);
  expect(printed(join(FOLDER, name)).out.split('\n').length).toBeLessThanOrEqual(100);
});
