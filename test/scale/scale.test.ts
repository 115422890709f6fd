import { App, Stack } from 'aws-cdk-lib';
import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { BucketAccess, DataBucketPolicy, DataBucketSource, PrivateEc2S3Access, RemoteWorkload } from '../../src';
import { validated } from '../support/validated';

jest.setTimeout(600_000);

type AccessOf = (index: number) => BucketAccess[];

const MIXED: AccessOf = index =>
  [
    [BucketAccess.readWrite()],
    [BucketAccess.readOnly('in/'), BucketAccess.writeOnly('out/')],
    [BucketAccess.readOnly(`team-${index}/`)],
    [BucketAccess.writeOnly()],
  ][index % 4];
const ALL_DIFFERENT: AccessOf = index => [BucketAccess.readOnly(`team-${index}/`)];

function workload(app: App, id: string, buckets: number, access: AccessOf): PrivateEc2S3Access {
  const ids = Array.from({ length: buckets }, (_, index) => index);
  return new PrivateEc2S3Access(new Stack(app, id), 'App', {
    dataBuckets: Object.fromEntries(
      ids.map(index => [`Data${index}`, DataBucketSource.create({ access: access(index) })]),
    ),
  });
}

describe('50 data buckets on one workload', () => {
  test.each<[string, AccessOf]>([
    ['of the same access', () => [BucketAccess.readWrite()]],
    ['of mixed access', MIXED],
    ['each with a prefix of its own', ALL_DIFFERENT],
  ])('%s fit into the policies, and are proven', (_, access) => {
    expect(validated(app => workload(app, 'Training', 50, access))).toEqual({
      error: undefined,
      violations: [],
      suppressed: [],
    });
  });
});

test('past a limit, the error says which, and how to restructure', () => {
  expect(validated(app => workload(app, 'Training', 120, ALL_DIFFERENT)).error).toMatch(
    /Training\/App\/S3Endpoint: accessList: got "?a policy of \d+ characters"?, allowed: 20480 characters, fix: give buckets the same access so that statements merge, or split the workload/,
  );
});

test('100 workloads in one app are proven, and the one that is wrong is found', () => {
  const { violations } = validated(app =>
    Array.from({ length: 100 }, (_, index) => workload(app, `Training${index}`, 1, MIXED))
      .at(41)!
      .s3Endpoint.addToPolicy(
        new PolicyStatement({ sid: 'Wide', principals: [new AnyPrincipal()], actions: ['s3:*'], resources: ['*'] }),
      ),
  );

  expect([...new Set(violations.flatMap(({ constructPaths }) => constructPaths))]).toEqual([
    'Training41/App/S3Endpoint/Gateway',
  ]);
});

describe('workloads of 100 accounts on one bucket', () => {
  function lake(app: App, throughAccessPoints: boolean): void {
    const stack = new Stack(app, 'Lake', { env: { account: '999988887777', region: 'eu-west-1' } });
    const workloads = Array.from({ length: 100 }, (_, index) =>
      RemoteWorkload.fromAttributes({
        roleArn: `arn:aws:iam::${111100000000 + index}:role/Ingest`,
        access: [BucketAccess.readWrite(`team-${index}/`)],
        accessPointName: throughAccessPoints ? `lake-team-${index}` : undefined,
      }),
    );
    new DataBucketPolicy(stack, 'Policy', {
      bucket: new Bucket(stack, 'Lake', { bucketName: 'example-lake' }),
      workloads,
      networkPerimeter: true,
    });
  }

  test('fit into its policy through access points', () => {
    expect(validated(app => lake(app, true))).toEqual({ error: undefined, violations: [], suppressed: [] });
  });

  test('do not fit directly, and the error names the way out', () => {
    expect(validated(app => lake(app, false)).error).toMatch(
      /Lake\/Policy: accessList: got "?a policy of \d+ characters"?, allowed: 20480 characters, fix: give workloads the same prefix, an access point or a bucket each/,
    );
  });
});
