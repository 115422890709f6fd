import { App, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { quickStartInput } from './inputs';
import { brokenClaims, brokenIn, counterexamples, resultOf } from './results';
import { adding, changing, Edit, without, withEndpoint, withRole } from './sabotage';
import {
  BucketAccess,
  DataBucketPolicy,
  DataBucketSource,
  PrivateEc2S3Access,
  RemoteWorkload,
  WorkloadRole,
} from '../../src';
import { ExaminedWorkload, examineWorkloads } from '../../src/analysis/analysis';
import { asList, StatementJson } from '../../src/iam/document';
import { BucketInput, claimOf, prove, ProofInput } from '../../src/proof';
import { IRELAND, OTHER_ACCOUNT } from '../support/resources';

const WAY = {
  access: [BucketAccess.readOnly('shared/'), BucketAccess.writeOnly('raw/')],
  accessPointName: 'lake-ingest',
};

/**
 * A workload that names the bucket of an account, whose stack makes the access point; each is in a stack of its own.
 */
function workload(account: string, ownerIsThere = true): ExaminedWorkload {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'Ingest', { env: IRELAND });
  const theirs = Bucket.fromBucketAttributes(stack, 'Lake', { bucketName: 'example-lake', account });
  const { accessList } = new PrivateEc2S3Access(stack, 'App', {
    role: new WorkloadRole(stack, 'Role', { roleName: 'Ingest' }),
    dataBuckets: { Lake: DataBucketSource.fromBucket(theirs, WAY) },
    proveAtSynthesis: false,
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

test('in the same account, nothing but the Denies of the access point keeps the role to its endpoint', () => {
  expect(counterexample(atAccessPoint(own, without('DenyObjectsOutsideEndpoint')))).toMatch(
    /the role of the workload.*: s3:\w+ on arn:aws:s3:eu-west-1:111122223333:accesspoint\/lake-ingest\/object\/.* \| denied/,
  );
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

test('in another account, nothing but DenyObjectsToOthers keeps its administrators out of the access point', () => {
  expect(counterexample(atAccessPoint(remote, without('DenyObjectsToOthers')))).toMatch(
    /444455556666.* \| no statement denies it \| denied/,
  );
});

test('an access point that is not in the assembly is assumed, by name', () => {
  const { input, proof } = workload(OTHER_ACCOUNT, false);
  expect(input!.buckets.map(({ policy }) => policy)).toEqual(['unknown', 'unknown']);
  expect(brokenIn(proof!)).toEqual([]);
  expect(proof!.assumptions).toContain(
    'the policy of arn:aws:s3:eu-west-1:444455556666:accesspoint/lake-ingest lets the workload in',
  );
});

test.each([
  'arn:aws:s3:*:*:accesspoint/inbox-*/object/*',
  'arn:aws:s3:us-east-1:777788889999:accesspoint/inbox/object/*',
  'arn:aws:s3:eu-west-1:*:accesspoint/inbox/object/*',
  'arn:aws:s3:*:*:access*/inbox/object/*',
  'arn:aws:s3:*:777788889999:accesspoint/*',
])('what leads to access points of strangers is a way out, for a workload without one too: %s', Resource => {
  const input = quickStartInput();
  const out: StatementJson = { Sid: 'Out', Effect: 'Allow', Action: 's3:PutObject', Resource };
  expect(failing(withRole(input, adding(out)))).toContain('no-way-out');
  const { counterexamples: found } = resultOf(
    withEndpoint(input, adding({ ...out, Principal: '*' })),
    'no-way-out[s3-endpoint]',
  );
  expect(found[0].request).toMatch(
    /s3:PutObject on arn:aws:s3:[a-z0-9-]+:(999900001111|777788889999):accesspoint\/[\w-]+\/object\/w of account \1$/,
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

test('an Allow without the account of the endpoint opens the access point, whatever the others say', () => {
  const open: Edit = statements =>
    statements.map(each =>
      each.Effect === 'Deny' || each.Sid === 'LocateDataBuckets'
        ? each
        : { ...each, Condition: { ...each.Condition, StringEquals: {} } },
    );
  expect(counterexample(atAccessPoint(remote, open))).toMatch(
    /the role of the workload, from the internet.* \| denied \|/,
  );
  expect(remote.proof!.assumptions).toContain(
    `account ${IRELAND.account} has no other S3 endpoint that lets the workload through to arn:aws:s3:eu-west-1:${OTHER_ACCOUNT}:accesspoint/lake-ingest`,
  );
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
    const { accessList } = new PrivateEc2S3Access(stack, 'App', {
      role: new WorkloadRole(stack, 'Role', { roleName: `${stage}Ingest` }),
      dataBuckets: { Lake: DataBucketSource.fromBucket(theirs, WAY) },
      proveAtSynthesis: false,
    });
    const owner = new Stack(app, `${stage}Lake`, { env: { ...IRELAND, account } });
    const bucket = new Bucket(owner, 'Lake', { bucketName: `example-lake-${stage.toLowerCase()}` });
    new DataBucketPolicy(owner, 'Policy', { bucket, workloads: [RemoteWorkload.fromAccessList(accessList, theirs)] });
  }
  const examined = examineWorkloads(app.synth().directory);
  expect(examined.map(({ input }) => input!.buckets.map(({ arn }) => arn.split(':').slice(3).join(':')))).toEqual([
    ['::example-lake-dev', `eu-west-1:${OTHER_ACCOUNT}:accesspoint/lake-ingest`],
    ['::example-lake-prod', 'eu-west-1:777788889999:accesspoint/lake-ingest'],
  ]);
  expect(examined.flatMap(({ violations }) => violations)).toEqual([]);
});

test("a role of another app that shares the access point is its owner's word", () => {
  const role = 'arn:aws:iam::777788889999:role/Batch';
  const sharing = changing('DenyObjectsToOthers', ({ Condition }) => ({
    Condition: {
      ArnNotEquals: { 'aws:PrincipalArn': [...asList(Condition?.ArnNotEquals?.['aws:PrincipalArn']), role] },
    },
  }));
  const reads = adding({
    Sid: 'ReadObjects2',
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::777788889999:root' },
    Action: 's3:GetObject',
    Resource: `arn:aws:s3:eu-west-1:${OTHER_ACCOUNT}:accesspoint/lake-ingest/object/*`,
    Condition: { ArnEquals: { 'aws:PrincipalArn': role } },
  });
  const { properties, assumptions } = prove(atAccessPoint(remote, statements => reads(sharing(statements))));
  expect(properties.filter(({ id }) => claimOf(id) === 'closed').flatMap(each => each.counterexamples)).toEqual([]);
  expect(assumptions).toContain(`arn:aws:s3:eu-west-1:${OTHER_ACCOUNT}:accesspoint/lake-ingest is for ${role}, too`);
});
