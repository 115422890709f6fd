import { App, Stack, Tags } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { brokenIn } from './results';
import { BucketAccess, DataBucketPolicy, DataBucketSource, PrivateEc2S3Access, RemoteWorkload } from '../../src';
import { ExaminedWorkload, examineWorkloads } from '../../src/analysis/analysis';
import { WorkloadRole } from '../support/parts';
import { IRELAND, OTHER_ACCOUNT } from '../support/resources';

const organization = { organizationId: 'o-a1b2c3d4e5' };

/** The workload of a team, in the same app as the bucket that lets each team into the prefix of its tag. */
function workload(prefix: string, tag?: readonly [key: string, value: string]): ExaminedWorkload {
  const app = new App({ analyticsReporting: false });
  const owner = new Stack(app, 'Owner', { env: { ...IRELAND, account: OTHER_ACCOUNT } });
  const bucket = new Bucket(owner, 'Shared', { bucketName: 'example-shared' });
  const teams = RemoteWorkload.fromPrincipalTag({
    tagKey: 'team',
    accounts: [IRELAND.account],
    organization,
    access: [BucketAccess.readWrite('teams/')],
  });
  new DataBucketPolicy(owner, 'Policy', { bucket, workloads: [teams] });
  const stack = new Stack(app, 'Team', { env: IRELAND });
  const { role } = new PrivateEc2S3Access(stack, 'App', {
    organization,
    role: new WorkloadRole(stack, 'Role', { roleName: 'Team' }),
    dataBuckets: { Shared: DataBucketSource.fromBucket(bucket, { access: [BucketAccess.readWrite(prefix)] }) },
    proveAtSynthesis: false,
  });
  if (tag !== undefined) {
    Tags.of(role).add(...tag);
  }
  return examineWorkloads(app.synth().directory)[0];
}

test('a workload whose role has the tag of its prefix is proven', () => {
  const { proof, violations } = workload('teams/blue/', ['team', 'blue']);
  expect(violations).toEqual([]);
  expect(brokenIn(proof!)).toEqual([]);
  expect(proof!.assumptions).toContain('the policy of arn:aws:s3:::example-shared keeps everybody else out');
});

test.each<[string, string, readonly [string, string] | undefined]>([
  ['has no tag', 'teams/blue/', undefined],
  ['has another value', 'teams/blue/', ['team', 'green']],
  ['has a value that is part of it', 'teams/blue/', ['team', 'blu']],
  ['has a value with a slash', 'teams/blue/inner/', ['team', 'blue/inner']],
  ['has another tag', 'teams/blue/', ['crew', 'blue']],
  ['has the tag, and the list names the prefixes of all', 'teams/', ['team', 'blue']],
])('a workload whose role %s does not work', (_, prefix, tag) => {
  const works = workload(prefix, tag).proof!.properties.find(({ id }) => id === 'works[grants]');
  expect(works?.counterexamples[0]).toMatchObject({
    decision: 'no statement of the bucket policy Owner/Shared/Policy/Resource allows it',
    expected: 'allowed',
  });
});
