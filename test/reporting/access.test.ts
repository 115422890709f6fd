import { App, Stack } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { misstatements, rowsOfPage, sentenceOf, unsaidGrants } from './said';
import { reportOn, withAssembly } from './support';
import {
  BucketAccess,
  DataBucketPolicy,
  DataBucketSource,
  PrivateEc2S3Access,
  RemoteWorkload,
  S3EndpointMode,
} from '../../src';
import { decide, examine } from '../../src/analysis/analysis';
import { renderPage } from '../../src/reporting/html/page';
import { WhatIf } from '../../src/reporting/model/answer';
import { IRELAND } from '../support/resources';

const { readOnly, writeOnly, readWrite, of } = {
  readOnly: (prefix?: string) => BucketAccess.readOnly(prefix),
  writeOnly: (prefix?: string) => BucketAccess.writeOnly(prefix),
  readWrite: (prefix?: string) => BucketAccess.readWrite(prefix),
  of: (actions: string[], prefix?: string) => BucketAccess.of(actions, prefix),
};

/** A workload with buckets of its own. */
function withBuckets(buckets: Readonly<Record<string, BucketAccess[]>>, s3Endpoint = S3EndpointMode.gateway()) {
  return (stack: Stack) =>
    new PrivateEc2S3Access(stack, 'App', {
      s3Endpoint,
      proveAtSynthesis: false,
      dataBuckets: Object.fromEntries(
        Object.entries(buckets).map(([name, access]) => [name, DataBucketSource.create({ access })]),
      ),
    });
}

/** A bucket whose policy denies everybody some keys. */
function withDenied(access: BucketAccess[], keys: string) {
  return (stack: Stack) => {
    const bucket = withBuckets({ Data: access })(stack).dataBucket('Data');
    bucket.addToResourcePolicy(
      new PolicyStatement({
        sid: 'Secret',
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['s3:*'],
        resources: [bucket.arnForObjects(keys)],
      }),
    );
  };
}

/** A bucket of another account. */
function adopted(stack: Stack) {
  const bucket = Bucket.fromBucketAttributes(stack, 'Archive', {
    bucketArn: 'arn:aws:s3:::example-archive',
    account: '999988887777',
  });
  return new PrivateEc2S3Access(stack, 'App', {
    dataBuckets: { Archive: DataBucketSource.fromBucket(bucket, { access: [readOnly('in/'), writeOnly('out/')] }) },
  });
}

/** A bucket of the account that is defined elsewhere. */
function existing(stack: Stack) {
  const bucket = Bucket.fromBucketName(stack, 'Shared', 'example-shared');
  const access = [readOnly('in/'), writeOnly('out/')];
  return new PrivateEc2S3Access(stack, 'App', {
    dataBuckets: { Shared: DataBucketSource.fromBucket(bucket, { access }) },
  });
}

/** A bucket of another stack, behind an access point. */
function behindAccessPoint(stack: Stack) {
  const theirs = Bucket.fromBucketAttributes(stack, 'Lake', { bucketName: 'example-lake' });
  const way = { access: [readOnly('raw/'), readWrite('results/')], accessPointName: 'lake-analytics' };
  const { _accessList: accessList } = new PrivateEc2S3Access(stack, 'App', {
    dataBuckets: { Lake: DataBucketSource.fromBucket(theirs, way) },
  });
  const owner = new Stack(stack.node.root as App, 'Owner', { env: IRELAND });
  const bucket = new Bucket(owner, 'Lake', { bucketName: 'example-lake' });
  new DataBucketPolicy(owner, 'Policy', { bucket, workloads: [RemoteWorkload._fromAccessList(accessList, theirs)] });
}

/** An endpoint whose policy names more keys than the role may use. */
function withSharedEndpoint(stack: Stack) {
  const access = withBuckets({ Data: [readOnly('in/')] })(stack);
  access.s3Endpoint.addToPolicy(
    new PolicyStatement({
      sid: 'Others',
      principals: [new AnyPrincipal()],
      actions: ['s3:GetObject'],
      resources: [access.dataBucket('Data').arnForObjects('others/*')],
    }),
  );
}

const CASES: ReadonlyArray<
  readonly [what: string, define: (stack: Stack) => unknown, sentences: Readonly<Record<string, string>>]
> = [
  [
    'one prefix to read and one to write',
    withBuckets({ Exchange: [readOnly('in/'), writeOnly('out/')] }),
    { Exchange: 'list, read in in/; write in out/' },
  ],
  [
    'two accesses under the same prefix',
    withBuckets({ Data: [readOnly('a/'), writeOnly('a/')] }),
    { Data: 'list, read, write in a/' },
  ],
  [
    'a prefix to write inside of one to read',
    withBuckets({ Data: [readOnly('a/'), writeOnly('a/b/')] }),
    { Data: 'list, read in a/; list, read, write in a/b/' },
  ],
  [
    'a prefix to read inside of one to write',
    withBuckets({ Data: [writeOnly('a/'), readOnly('a/b/')] }),
    { Data: 'write in a/; list, read, write in a/b/' },
  ],
  [
    'the whole bucket to read and a prefix to write',
    withBuckets({ Data: [readOnly(), writeOnly('out/')] }),
    { Data: 'list, read, write in out/; list, read elsewhere' },
  ],
  [
    'several prefixes with the same access, and one that only looks alike',
    withBuckets({ Data: [readOnly('data/'), readOnly('database/'), readWrite('datasets/')] }),
    { Data: 'list, read in data/, database/; list, read, write, delete in datasets/' },
  ],
  [
    'actions that are none of reading and writing',
    withBuckets({ Models: [readOnly('models/'), of(['s3:GetObjectVersion', 's3:RestoreObject'], 'models/')] }),
    { Models: 'list, read, s3:GetObjectVersion, s3:RestoreObject in models/' },
  ],
  [
    'versions under one prefix, and tags alone under another',
    withBuckets({
      Data: [readWrite(), of(['s3:ListBucketVersions', 's3:GetObjectVersion'], 'old/')],
      Tags: [of(['s3:GetObjectTagging'], 'tags/'), of(['s3:ListBucketMultipartUploads'])],
    }),
    {
      Data: 'list, read, write, delete, s3:GetObjectVersion, s3:ListBucketVersions in old/; list, read, write, delete elsewhere',
      Tags: 's3:GetObjectTagging in tags/; s3:ListBucketMultipartUploads on the bucket itself',
    },
  ],
  [
    'several buckets, whose prefixes are used the other way round, through two endpoints',
    withBuckets(
      { One: [readOnly('in/'), writeOnly('out/')], Two: [writeOnly('in/'), readOnly('out/')], Whole: [readWrite()] },
      S3EndpointMode.gatewayAndInterface(),
    ),
    {
      One: 'list, read in in/; write in out/',
      Two: 'write in in/; list, read in out/',
      Whole: 'list, read, write, delete',
    },
  ],
  [
    'a prefix that only the bucket policy names',
    withDenied([readWrite()], 'secret/*'),
    { Data: 'list in secret/; list, read, write, delete elsewhere' },
  ],
  [
    'keys that only the bucket policy names, and that are no prefix',
    withDenied([readOnly('logs/')], '*.key'),
    { Data: 'list on *.key that is also logs/*; list, read in logs/' },
  ],
  ['a prefix that only the endpoint policy names', withSharedEndpoint, { Data: 'list, read in in/' }],
  ['a bucket of another account', adopted, { 'example-archive': 'list, read in in/; write in out/' }],
  ['a bucket that is defined elsewhere', existing, { 'example-shared': 'list, read in in/; write in out/' }],
  [
    'a bucket behind an access point',
    behindAccessPoint,
    { Lake: 'list, read in raw/; list, read, write, delete in results/; all through the access point lake-analytics' },
  ],
];

describe.each(CASES)('%s', (_, define, sentences) => {
  const report = reportOn(define, { env: IRELAND });

  test('is one sentence for each bucket, with all of its prefixes and verbs', () => {
    const labels = report.policies.buckets.map(({ label }) => label);
    expect(Object.fromEntries(labels.map(label => [label, sentenceOf(report, label)]))).toEqual(sentences);
    const pictured = [...report.picture.buckets, ...report.picture.otherAccounts.flatMap(({ buckets }) => buckets)];
    expect(Object.fromEntries(pictured.map(({ title, may }) => [title, may]))).toEqual(sentences);
  });

  test('is what the evaluator decides, in sentences, page, Markdown and JSON: no more and no less', () => {
    expect(misstatements(report)).toEqual([]);
  });

  test('has everything that the request flow finds granted', () => {
    const { flows } = withAssembly(define, examine, { env: IRELAND });
    expect(flows[0].requests.filter(({ decision }) => decision.verdict === 'Allowed').length).toBeGreaterThan(0);
    expect(unsaidGrants(report, flows)).toEqual([]);
  });
});

describe('one prefix to read and one to write', () => {
  const [[, define]] = CASES;
  const report = reportOn(define, { env: IRELAND });

  test('has a row of its own where the answers differ, and one where they do not', () => {
    const rows = rowsOfPage(renderPage(report, ''));
    const own = rows.filter(({ who, from }) => who === "the workload's role" && from.startsWith('its instance'));
    expect(own.map(({ where, outcomes }) => [where, ...outcomes])).toEqual([
      ['in in/', 'allowed', 'allowed', 'denied', 'denied', 'denied'],
      ['in out/', 'denied', 'denied', 'allowed', 'denied', 'denied'],
      ['elsewhere', 'denied', 'denied', 'denied', 'denied', 'denied'],
    ]);
    expect(rows.filter(({ who }) => who.startsWith('anybody')).map(({ where }) => where)).toEqual(['']);
  });

  test('the limits say which keys they are about', () => {
    const [{ limits }] = report.access.tables;
    const uploads = limits.filter(({ what }) => what.startsWith("upload under the bucket's own encryption"));
    expect(uploads.map(({ what, cell }) => [what.split(', ').slice(1).join(', '), cell.outcome])).toEqual([
      ['in in/ and elsewhere', 'denied'],
      ['in out/', 'allowed'],
    ]);
  });

  test('a listing without a prefix is one of the whole bucket', () => {
    const answer = (prefix?: string) =>
      new WhatIf(report.policies, decide).answer({
        who: 'workload',
        from: 'endpoint-0',
        action: 's3:ListBucket',
        target: { kind: 'bucket', index: 0, ...(prefix === undefined ? {} : { prefix }) },
      }).outcome;
    expect([answer(), answer(''), answer('out/'), answer('in/'), answer('in/deep/')]).toEqual([
      'denied',
      'denied',
      'denied',
      'allowed',
      'allowed',
    ]);
  });

  test('the form offers a key of each', () => {
    const [, offered] = /<datalist id="objects">(.*?)<\/datalist>/.exec(renderPage(report, '')) ?? [];
    expect([...(offered ?? '').matchAll(/value="([^"]*)"/g)].map(([, key]) => key)).toEqual([
      'in/object',
      'out/object',
      'elsewhere/object',
    ]);
  });
});

test('what only the unknown policy of a bucket might allow is left to its owner', () => {
  const report = reportOn(existing, { env: IRELAND });
  const stolen = report.access.tables[0].rows.filter(({ from }) => from === 'another S3 endpoint of the VPC');
  expect(stolen.flatMap(({ cells }) => cells.slice(0, 4).map(({ outcome }) => outcome))).not.toContain('allowed');
  expect(report.outside.find(({ id }) => id === 'vpcs')?.status).toBe('closed');
});
