import { App, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { adding, changing, Edit, without, withEndpoint, withRole } from './sabotage';
import { quickStartSubject } from './subjects';
import { BucketAccess, DataBucketPolicy, DataBucketSource, PrivateEc2S3Access, RemoteWorkload, WorkloadRole } from '../../../src';
import { ExaminedWorkload, examineWorkloads } from '../../../src/verification/examine';
import { asList, StatementJson } from '../../../src/verification/policy/document';
import { BucketSubject, prove, ProofSubject } from '../../../src/verification/proof';
import { IRELAND, OTHER_ACCOUNT } from '../../support/resources';

const WAY = { access: [BucketAccess.readOnly('shared/'), BucketAccess.writeOnly('raw/')], accessPointName: 'lake-ingest' };

/** A workload that names the bucket of an account, whose stack makes the access point; each is in a stack of its own. */
function workload(account: string, ownerIsThere = true): ExaminedWorkload {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'Ingest', { env: IRELAND });
  const theirs = Bucket.fromBucketAttributes(stack, 'Lake', { bucketName: 'example-lake', account });
  const { accessList } = new PrivateEc2S3Access(stack, 'App', {
    role: new WorkloadRole(stack, 'Role', { roleName: 'Ingest' }), dataBuckets: { Lake: DataBucketSource.fromBucket(theirs, WAY) }, proveAtSynthesis: false,
  });
  if (ownerIsThere) {
    const owner = new Stack(app, 'Lake', { env: { ...IRELAND, account } });
    const bucket = new Bucket(owner, 'Lake', { bucketName: 'example-lake' });
    new DataBucketPolicy(owner, 'Policy', { bucket, workloads: [RemoteWorkload.fromAccessList(accessList, theirs)] });
  }
  return examineWorkloads(app.synth().directory)[0];
}

const own = workload(IRELAND.account);
const remote = workload(OTHER_ACCOUNT);

function failing(subject: ProofSubject): string[] {
  return prove(subject).claims.filter(({ holds }) => !holds).map(({ claim }) => claim);
}

function counterexample(subject: ProofSubject): string {
  const failed = prove(subject).claims.find(({ holds }) => !holds)?.counterexample;
  return `${failed?.request} | ${failed?.decision} | ${failed?.expected}`;
}

function withPolicy({ subject }: ExaminedWorkload, edit: Edit, isMeant: (bucket: BucketSubject) => boolean): ProofSubject {
  return {
    ...subject!,
    buckets: subject!.buckets.map(each => each.policy === undefined || each.policy === 'unknown' || !isMeant(each) ? each
      : { ...each, policy: { ...each.policy, Statement: edit(asList(each.policy.Statement)) } }),
  };
}

const atAccessPoint = (given: ExaminedWorkload, edit: Edit) => withPolicy(given, edit, ({ accessPointOf }) => accessPointOf !== undefined);
const atBucket = (given: ExaminedWorkload, edit: Edit) => withPolicy(given, edit, ({ accessPointOf }) => accessPointOf === undefined);

/** Every statement without the resources that match. */
function withoutResources(pattern: RegExp): Edit {
  return statements => statements.map(each => ({ ...each, Resource: asList(each.Resource).filter(arn => !pattern.test(arn)) }));
}

/** Every statement without the condition on the access point. */
const withoutWay: Edit = statements => statements.map(({ Condition: { ArnEquals = {}, ...others } = {}, ...each }): StatementJson => {
  const { 's3:DataAccessPointArn': _, ...kept } = ArnEquals;
  return { ...each, Condition: { ...others, ...Object.keys(kept).length > 0 && { ArnEquals: kept } } };
});

describe.each([['of the same account', own, IRELAND.account], ['of another account', remote, OTHER_ACCOUNT]])('a bucket %s', (_, given, account) => {
  const subject = given.subject!;
  const accessPointArn = `arn:aws:s3:eu-west-1:${account}:accesspoint/lake-ingest`;

  test('every claim holds, about the bucket and about the access point', () => {
    expect(failing(subject)).toEqual([]);
    expect(given.violations).toEqual([]);
    expect(subject.buckets.map(({ arn, accessPointOf }) => [arn, accessPointOf])).toEqual([
      ['arn:aws:s3:::example-lake', undefined], [accessPointArn, 'arn:aws:s3:::example-lake'],
    ]);
  });

  test('the flow asks on both, and both are allowed', () => {
    const uploads = given.flow.requests.filter(({ request }) => request.action === 's3:PutObject');
    expect(uploads.map(({ request: { resource, context }, decision: { verdict } }) => [resource, context['s3:DataAccessPointArn'], verdict])).toEqual([
      [`${accessPointArn}/object/raw/object`, accessPointArn, 'Allowed'],
      ['arn:aws:s3:::example-lake/raw/object', accessPointArn, 'Allowed'],
    ]);
  });

  test.each<[string, Edit, string]>([
    ['the access point', withoutResources(/:accesspoint\//), `PutObject on ${accessPointArn}`],
    ['the bucket', withoutResources(/:::example-lake/), 'PutObject on arn:aws:s3:::example-lake'],
  ])('it does not work where the role or the endpoint does not name %s', (__, edit, request) => {
    expect(failing(withRole(subject, edit))).toContain('works');
    expect(failing(withEndpoint(subject, edit))).toContain('works');
    expect(counterexample(withEndpoint(subject, edit))).toMatch(new RegExp(`${request}.* \\| no statement of the endpoint policy allows it \\| allowed`));
  });

  test('a role or an endpoint that leads past the access point is more than the list says', () => {
    expect(counterexample(withRole(subject, withoutWay))).toMatch(/through no access point: .* \| allowed by .*identity policy.* \| denied/);
    expect(failing(withEndpoint(subject, withoutWay))).toContain('works');
  });

  test('the access point is for the workload alone', () => {
    const allowsAll = adding({ Sid: 'All', Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:role/Admin` }, Action: 's3:*', Resource: `${accessPointArn}/object/*` });
    expect(failing(atAccessPoint(given, allowsAll))).not.toContain('closed');
    expect(failing(atAccessPoint(given, statements => without('DenyObjectsToOthers')(allowsAll(statements)).filter(({ Sid }) => Sid !== 'DenyObjectsOutsideEndpoint'))))
      .toContain('closed');
  });
});

test('in the same account, nothing but the Denies of the access point keeps the role to its endpoint', () => {
  expect(counterexample(atAccessPoint(own, without('DenyObjectsOutsideEndpoint'))))
    .toMatch(/the role of the workload.*: s3:\w+ on arn:aws:s3:eu-west-1:111122223333:accesspoint\/lake-ingest\/object\/.* \| denied/);
});

test('in another account, the bucket has to delegate to this access point', () => {
  const toAnother = changing('DelegateToAccessPoints', ({ Condition }) => ({
    Condition: { ...Condition, ArnEquals: { 's3:DataAccessPointArn': 'arn:aws:s3:eu-west-1:444455556666:accesspoint/another' } },
  }));
  expect(failing(atBucket(remote, without('DelegateToAccessPoints')))).toContain('works');
  expect(failing(atBucket(remote, toAnother))).toContain('works');
});

test('in another account, nothing but DenyObjectsToOthers keeps its administrators out of the access point', () => {
  expect(counterexample(atAccessPoint(remote, without('DenyObjectsToOthers')))).toMatch(/role Admin of account 444455556666.* \| no statement denies it \| denied/);
});

test('an access point that is not in the assembly is assumed, by name', () => {
  const { subject, proof } = workload(OTHER_ACCOUNT, false);
  expect(subject!.buckets.map(({ policy }) => policy)).toEqual(['unknown', 'unknown']);
  expect(proof!.holds).toBe(true);
  expect(proof!.assumptions).toContain('the policy of arn:aws:s3:eu-west-1:444455556666:accesspoint/lake-ingest lets the workload in');
});

test('access points of strangers are a way out, for a workload without one too', () => {
  const Resource = 'arn:aws:s3:*:*:accesspoint/inbox-*/object/*';
  const out = adding({ Sid: 'Out', Effect: 'Allow', Principal: '*', Action: 's3:PutObject', Resource });
  const subject = quickStartSubject();
  const { counterexample: found } = prove(withEndpoint(subject, out)).claims.find(({ claim }) => claim === 'no-way-out')!;
  expect(found?.request).toMatch(/s3:PutObject on arn:aws:s3:us-east-1:999900001111:accesspoint\/inbox-w\/object\/loot of account 999900001111$/);
  expect(failing(withRole(subject, adding({ Sid: 'Out', Effect: 'Allow', Action: 's3:PutObject', Resource })))).toContain('no-way-out');
});
