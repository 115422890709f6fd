import { App, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { WAY, workloadOfLake } from './lake';
import { brokenClaims, brokenIn, counterexamples } from './results';
import { adding, changing, Edit, without, withEndpoint, withRole } from './sabotage';
import { DataBucketPolicy, DataBucketSource, PrivateEc2S3Access, RemoteWorkload } from '../../src';
import { ExaminedWorkload, examineWorkloads } from '../../src/analysis/analysis';
import { asList, StatementJson } from '../../src/iam/document';
import { BucketInput, ProofInput } from '../../src/proof';
import { WorkloadRole } from '../support/parts';
import { IRELAND, OTHER_ACCOUNT } from '../support/resources';

const own = workloadOfLake(IRELAND.account);
const remote = workloadOfLake(OTHER_ACCOUNT);

const failing = brokenClaims;
const counterexample = counterexamples;

function withPolicy({ input }: ExaminedWorkload, edit: Edit, isMeant: (bucket: BucketInput) => boolean): ProofInput {
  return {
    ...input!,
    buckets: input!.buckets.map(each =>
      each.policy === undefined || each.policy === 'unknown' || !isMeant(each)
        ? each
        : { ...each, policy: { ...each.policy, Statement: edit(asList(each.policy.Statement)) } },
    ),
  };
}

const atAccessPoint = (given: ExaminedWorkload, edit: Edit) =>
  withPolicy(given, edit, ({ accessPointOf }) => accessPointOf !== undefined);
const atBucket = (given: ExaminedWorkload, edit: Edit) =>
  withPolicy(given, edit, ({ accessPointOf }) => accessPointOf === undefined);

/** Every statement without the resources that match. */
function withoutResources(pattern: RegExp): Edit {
  return statements =>
    statements.map(each => ({ ...each, Resource: asList(each.Resource).filter(arn => !pattern.test(arn)) }));
}

/** Every statement without the condition on the access point. */
const withoutWay: Edit = statements =>
  statements.map(({ Condition: { ArnEquals = {}, ...others } = {}, ...each }): StatementJson => {
    const { 's3:DataAccessPointArn': _, ...kept } = ArnEquals;
    return { ...each, Condition: { ...others, ...(Object.keys(kept).length > 0 && { ArnEquals: kept }) } };
  });

describe.each([
  ['of the same account', own, IRELAND.account],
  ['of another account', remote, OTHER_ACCOUNT],
])('a bucket %s', (_, given, account) => {
  const input = given.input!;
  const accessPointArn = `arn:aws:s3:eu-west-1:${account}:accesspoint/lake-ingest`;

  test('every claim holds, about the bucket and about the access point', () => {
    expect(failing(input)).toEqual([]);
    expect(given.violations).toEqual([]);
    expect(input.buckets.map(({ arn, accessPointOf }) => [arn, accessPointOf])).toEqual([
      ['arn:aws:s3:::example-lake', undefined],
      [accessPointArn, 'arn:aws:s3:::example-lake'],
    ]);
  });

  test('the flow asks on both, and both are allowed', () => {
    const uploads = given.flow.requests.filter(({ request }) => request.action === 's3:PutObject');
    expect(
      uploads.map(({ request: { resource, context }, decision: { verdict } }) => [
        resource,
        context['s3:DataAccessPointArn'],
        verdict,
      ]),
    ).toEqual([
      [`${accessPointArn}/object/raw/object`, accessPointArn, 'Allowed'],
      ['arn:aws:s3:::example-lake/raw/object', accessPointArn, 'Allowed'],
    ]);
  });

  test.each<[string, Edit, string]>([
    ['the access point', withoutResources(/:accesspoint\//), `PutObject on ${accessPointArn}`],
    ['the bucket', withoutResources(/:::example-lake/), 'PutObject on arn:aws:s3:::example-lake'],
  ])('it does not work where the role or the endpoint does not name %s', (__, edit, request) => {
    expect(failing(withRole(input, edit))).toContain('works');
    expect(failing(withEndpoint(input, edit))).toContain('works');
    expect(counterexample(withEndpoint(input, edit))).toMatch(
      new RegExp(
        `${request}.* \\| no statement of the endpoint policy Ingest/App/S3Endpoint/\\w+ allows it \\| allowed`,
      ),
    );
  });

  test('a role or an endpoint that leads past the access point is more than the list says', () => {
    expect(counterexample(withRole(input, withoutWay))).toMatch(
      /through no access point: .* \| allowed by .*identity policy.* \| denied/,
    );
    expect(failing(withEndpoint(input, withoutWay))).toContain('works');
  });

  test('the access point is for the workload alone', () => {
    const allowsAll = adding({
      Sid: 'All',
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${account}:role/Admin` },
      Action: 's3:*',
      Resource: `${accessPointArn}/object/*`,
    });
    expect(failing(atAccessPoint(given, allowsAll))).not.toContain('closed');
    expect(
      failing(
        atAccessPoint(given, statements =>
          without('DenyObjectsToOthers')(allowsAll(statements)).filter(
            ({ Sid }) => Sid !== 'DenyObjectsOutsideEndpoint',
          ),
        ),
      ),
    ).toContain('closed');
  });
});

test('in another account, the bucket has to delegate to this access point', () => {
  const toAnother = changing('DelegateToAccessPoints', ({ Condition }) => ({
    Condition: {
      ...Condition,
      ArnEquals: { 's3:DataAccessPointArn': 'arn:aws:s3:eu-west-1:444455556666:accesspoint/another' },
    },
  }));
  expect(failing(atBucket(remote, without('DelegateToAccessPoints')))).toContain('works');
  expect(failing(atBucket(remote, toAnother))).toContain('works');
});

test('an access point that is not in the assembly is assumed, by name', () => {
  const { input, proof } = workloadOfLake(OTHER_ACCOUNT, false);
  expect(input!.buckets.map(({ policy }) => policy)).toEqual(['unknown', 'unknown']);
  expect(brokenIn(proof!)).toEqual([]);
  expect(proof!.assumptions).toContain(
    'the policy of arn:aws:s3:eu-west-1:444455556666:accesspoint/lake-ingest lets the workload in',
  );
});

test("an access point of a stranger beside the workload's own in the same statements is a way out", () => {
  const theirs = 'arn:aws:s3:eu-west-1:777788889999:accesspoint/inbox';
  const both = changing('WriteObjects', ({ Resource, Condition }) => ({
    Resource: [...asList(Resource), `${theirs}/object/*`],
    Condition: {
      ...Condition,
      ArnEquals: {
        ...Condition?.ArnEquals,
        's3:DataAccessPointArn': [...asList(Condition?.ArnEquals?.['s3:DataAccessPointArn']), theirs],
      },
      StringEquals: { ...Condition?.StringEquals, 'aws:ResourceAccount': [OTHER_ACCOUNT, '777788889999'] },
    },
  }));
  expect(failing(withEndpoint(remote.input!, both))).toContain('no-way-out');
});

test('an access point of the same name in another account is another access point', () => {
  const app = new App({ analyticsReporting: false });
  for (const [stage, account] of [
    ['Dev', OTHER_ACCOUNT],
    ['Prod', '777788889999'],
  ]) {
    const stack = new Stack(app, `${stage}Ingest`, { env: IRELAND });
    const theirs = Bucket.fromBucketAttributes(stack, 'Lake', {
      bucketName: `example-lake-${stage.toLowerCase()}`,
      account,
    });
    const { _accessList: accessList } = new PrivateEc2S3Access(stack, 'App', {
      role: new WorkloadRole(stack, 'Role', { roleName: `${stage}Ingest` }),
      dataBuckets: { Lake: DataBucketSource.fromBucket(theirs, WAY) },
      proveAtSynthesis: false,
    });
    const owner = new Stack(app, `${stage}Lake`, { env: { ...IRELAND, account } });
    const bucket = new Bucket(owner, 'Lake', { bucketName: `example-lake-${stage.toLowerCase()}` });
    new DataBucketPolicy(owner, 'Policy', { bucket, workloads: [RemoteWorkload._fromAccessList(accessList, theirs)] });
  }
  const examined = examineWorkloads(app.synth().directory);
  expect(examined.map(({ input }) => input!.buckets.map(({ arn }) => arn.split(':').slice(3).join(':')))).toEqual([
    ['::example-lake-dev', `eu-west-1:${OTHER_ACCOUNT}:accesspoint/lake-ingest`],
    ['::example-lake-prod', 'eu-west-1:777788889999:accesspoint/lake-ingest'],
  ]);
  expect(examined.flatMap(({ violations }) => violations)).toEqual([]);
});
