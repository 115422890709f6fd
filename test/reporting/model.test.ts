import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnRoute } from 'aws-cdk-lib/aws-ec2';
import { AnyPrincipal, PolicyStatement, StarPrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnKey } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
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
import type { PolicyJson } from '../../src/iam';
import type { Cell } from '../../src/reporting/model/access';
import { WhatIf } from '../../src/reporting/model/answer';
import type { WorkloadPolicies } from '../../src/reporting/model/policies';
import { Report, reportsOf } from '../../src/reporting/model/report';
import { IRELAND } from '../support/resources';
import { everyOption, quickStart } from '../support/scenarios';

function cellsOf({ access }: Report): Cell[] {
  return [
    ...access.tables.flatMap(({ rows, limits }) => [
      ...rows.flatMap(({ cells }) => cells),
      ...limits.map(limit => limit.cell),
    ]),
    ...access.keys.flatMap(({ rows }) => rows.flatMap(({ cells }) => cells)),
    ...access.wayOut.map(limit => limit.cell),
  ];
}

function cell(report: Report, bucket: string, who: string, from: string, action: string): Cell | undefined {
  const index = report.policies.buckets.findIndex(({ label }) => label === bucket);
  return report.access.tables
    .filter(({ buckets }) => buckets.includes(index))
    .flatMap(({ rows }) => rows)
    .flatMap(({ cells }) => cells)
    .find(({ question }) => question.who === who && question.from === from && question.action === action);
}

const unproven = { proveAtSynthesis: false } as const;

describe('the quick start', () => {
  const report = reportOn(quickStart);

  test('holds, and says in a few sentences what is open and what is closed', () => {
    expect(report.holds).toBe(true);
    expect(report.sentences).toEqual([
      'The EC2 instance reaches 2 data buckets through the S3 gateway endpoint, with temporary credentials.',
      'Nobody else reaches an object, from anywhere, and nothing leads out.',
    ]);
    expect(report.grants).toEqual([
      { buckets: ['Datasets'], may: 'list, read in datasets/' },
      { buckets: ['UserData'], may: 'list, read, write, delete' },
    ]);
  });

  test.each([
    ['UserData', 'workload', 'endpoint-0', 's3:PutObject', 'allowed', 'ReadWriteObjects'],
    ['Datasets', 'workload', 'endpoint-0', 's3:PutObject', 'denied', undefined],
    ['UserData', 'workload', 'neighbour-0', 's3:GetObject', 'denied', 'DenyCredentialsOutsideInstance'],
    ['UserData', 'workload', 'internet', 's3:GetObject', 'denied', 'DenyObjectsOutsideEndpoint'],
    ['UserData', 'admin', 'endpoint-0', 's3:GetObject', 'denied', 'DenyObjectsToOthers'],
    ['UserData', 'admin', 'internet', 's3:PutBucketPolicy', 'allowed', undefined],
    ['UserData', 'anonymous', 'internet', 's3:ListBucket', 'denied', 'DenyListsOutsideEndpoint'],
    ['UserData', 'deployer', 'internet', 's3:ListBucket', 'allowed', undefined],
  ])('%s: %s, from %s, %s is %s by %s', (bucket, who, from, action, outcome, sid) => {
    const found = cell(report, bucket, who, from, action);
    expect([found?.outcome, found?.by[0]?.sid]).toEqual([outcome, sid]);
  });

  test('agrees with the request flow on everything that the role is granted', () => {
    const { requests } = withAssembly(quickStart, examine).flows[0];
    const asked = requests
      .filter(({ request }) => request.action.startsWith('s3:'))
      .flatMap(({ request, decision }) => {
        const index = report.policies.buckets.findIndex(({ arn }) => request.resource.startsWith(arn));
        const found = cell(report, report.policies.buckets[index].label, 'workload', 'endpoint-0', request.action);
        return found === undefined
          ? []
          : [[found.outcome, decision.verdict, found.by[0].sid, decision.decidedBy[0].sid]];
      });
    expect(asked.length).toBeGreaterThanOrEqual(6);
    for (const [outcome, verdict, sid, expected] of asked) {
      expect([outcome, sid]).toEqual([verdict === 'Allowed' ? 'allowed' : 'denied', expected]);
    }
  });

  test('names a policy and a part of the picture for whatever is denied', () => {
    const denied = cellsOf(report).filter(({ outcome }) => outcome === 'denied');
    expect(denied.length).toBeGreaterThan(100);
    for (const { by, sentence } of denied) {
      expect(sentence).toMatch(/^Denied: (statement \S+ of the .* denies it|no statement of the .* allows it)\.$/);
      expect(by.every(({ part }) => /^(role|endpoint-\d+|bucket-\d+|key-\d+)$/.test(part))).toBe(true);
    }
  });

  test('has no control that is not met, and a reason for each that is accepted', () => {
    expect(report.controls.filter(({ verdict }) => verdict === 'not met')).toEqual([]);
    const accepted = report.controls.filter(({ verdict }) => verdict === 'accepted');
    expect(accepted.map(({ title }) => title)).toEqual(
      expect.arrayContaining([
        'Replicated',
        'Object Lock',
        'Default security group is empty',
        'Termination protection, or a fleet',
      ]),
    );
    expect(accepted.every(control => control.accepted.every(({ reason }) => reason.length > 20))).toBe(true);
  });

  test('costs what the README says', () => {
    const total = report.cost
      .filter(({ isByUse }) => !isByUse)
      .reduce((sum, { quantity, price }) => sum + quantity * (price ?? Number.NaN), 0);
    expect(total.toFixed(2)).toBe('9.87');
  });
});

describe('every option', () => {
  const report = reportOn(everyOption, { env: { account: '111122223333', region: 'us-east-1' } });

  test('shows the fleet, the other account and the exempt', () => {
    expect(report.picture.compute.title).toBe('EC2 fleet');
    expect(
      report.picture.otherAccounts.map(({ account, buckets }) => [account, buckets.map(({ title }) => title)]),
    ).toEqual([['999988887777', ['example-log-archive']]]);
    expect(report.outside.find(({ id }) => id === 'internet')).toMatchObject({
      status: 'closed',
      exempt: ['permission set BreakGlass (exempt)', 'role Deployer (exempt)'],
    });
  });

  test('leaves to the owner what the policy of a bucket elsewhere may allow, and no more', () => {
    expect(cell(report, 'example-log-archive', 'stranger', 'internet', 's3:GetObject')?.outcome).toBe('depends');
    expect(cell(report, 'example-log-archive', 'workload', 'endpoint-0', 's3:PutObject')?.outcome).toBe('allowed');
    expect(cell(report, 'example-log-archive', 'workload', 'endpoint-0', 's3:DeleteObject')?.outcome).toBe('denied');
    expect(cell(report, 'example-log-archive', 'workload', 'internet', 's3:PutObject')).toMatchObject({
      outcome: 'denied',
      by: [{ part: 'role' }],
    });
  });

  test('lets the exempt in from the internet, and nobody else', () => {
    const readers = report.access.tables
      .filter(({ buckets }) => report.policies.buckets[buckets[0]].policy !== 'unknown')
      .flatMap(({ rows }) => rows)
      .filter(({ cells }) => cells[1].question.from === 'internet' && cells[1].outcome === 'allowed')
      .map(({ who }) => who);
    expect([...new Set(readers)]).toEqual(['permission set BreakGlass (exempt)', 'role Deployer (exempt)']);
  });
});

describe('a bucket of another stack, behind an access point', () => {
  const WAY = { access: [BucketAccess.readOnly('shared/')], accessPointName: 'lake-ingest' };
  const report = reportOn(
    stack => {
      const theirs = Bucket.fromBucketAttributes(stack, 'Lake', { bucketName: 'example-lake' });
      const { _accessList: accessList } = new PrivateEc2S3Access(stack, 'App', {
        dataBuckets: { Lake: DataBucketSource.fromBucket(theirs, WAY) },
      });
      const owner = new Stack(stack.node.root as App, 'Owner', { env: IRELAND });
      const bucket = new Bucket(owner, 'Lake', { bucketName: 'example-lake' });
      new DataBucketPolicy(owner, 'Policy', {
        bucket,
        workloads: [RemoteWorkload._fromAccessList(accessList, theirs)],
      });
    },
    { env: IRELAND },
  );

  test('is one bucket, and its way is named', () => {
    expect(report.sentences[0]).toBe(
      'The EC2 instance reaches one data bucket through the S3 gateway endpoint, with temporary credentials.',
    );
    expect(report.grants).toEqual([
      { buckets: ['Lake'], may: 'list, read in shared/, through the access point lake-ingest' },
    ]);
  });

  test.each([
    ['workload', 'endpoint-0', 's3:GetObject', 'allowed', 'ReadObjects', 'role policy'],
    ['workload', 'neighbour-0', 's3:GetObject', 'denied', 'DenyCredentialsOutsideInstance', 'role policy'],
    [
      'workload',
      'internet',
      's3:GetObject',
      'denied',
      'DenyObjectsOutsideEndpoint',
      'policy of the access point lake-ingest',
    ],
    ['admin', 'endpoint-0', 's3:GetObject', 'denied', 'DenyObjectsToOthers', 'policy of the access point lake-ingest'],
    ['admin', 'internet', 's3:GetObject', 'allowed', undefined, undefined],
  ])(
    '%s, from %s, %s is %s by %s of the %s: through the access point, or past it',
    (who, from, action, outcome, sid, policy) => {
      const found = cell(report, 'Lake', who, from, action);
      expect([found?.outcome, found?.by[0]?.sid, found?.by[0]?.policy]).toEqual([outcome, sid, policy]);
    },
  );
});

describe('what is not as it should be', () => {
  test('a wide endpoint policy is a way out', () => {
    const report = reportOn(stack =>
      quickStart(stack, unproven).s3Endpoint.addToPolicy(
        new PolicyStatement({
          sid: 'Wide',
          principals: [new AnyPrincipal()],
          actions: ['s3:*'],
          resources: ['*'],
        }),
      ),
    );
    expect(report.holds).toBe(false);
    expect(report.outside.find(({ id }) => id === 'strangers')?.status).toBe('open');
    expect(report.sentences.join('\n')).toMatch(/Not closed: someone else's buckets/);
    expect(report.controls.find(({ title }) => title === 'Endpoint lets no data out to others')?.verdict).toBe(
      'not met',
    );
    expect(report.violations.map(({ rule }) => rule)).toContain('no-way-out[s3-endpoint]');
  });

  test('a route to the internet is open where a security group lets traffic take it', () => {
    const report = reportOn(stack => {
      const routeTable = quickStart(stack, unproven)
        .node.findChild('Network')
        .node.findChild('RouteTable') as unknown as { readonly ref: string };
      new CfnRoute(stack, 'Out', {
        routeTableId: routeTable.ref,
        destinationCidrBlock: '0.0.0.0/0',
        gatewayId: 'igw-0123456789abcdef0',
      });
    });
    expect(report.outside.find(({ id }) => id === 'internet')).toMatchObject({
      status: 'open',
      open: ['Training/Out sends 0.0.0.0/0 to the internet gateway igw-0123456789abcdef0'],
    });
    expect(report.controls.find(({ title }) => title === 'No route leads out beside the endpoint')?.verdict).toBe(
      'not met',
    );
  });

  test('a key that goes with its stack', () => {
    const report = reportOn(stack => {
      const key = quickStart(stack, unproven)
        .node.findAll()
        .find((each): each is CfnKey => each instanceof CfnKey);
      key!.applyRemovalPolicy(RemovalPolicy.DESTROY);
    });
    expect(report.controls.find(({ ids }) => ids.includes('FSBP KMS.3'))).toMatchObject({
      title: 'Keys stay when the stack goes',
      verdict: 'not met',
    });
  });

  test('a bucket policy that lets everybody change it says so', () => {
    const open = (stack: Stack) => {
      const bucket = quickStart(stack, unproven).dataBucket('UserData');
      bucket.addToResourcePolicy(
        new PolicyStatement({
          sid: 'Open',
          principals: [new StarPrincipal()],
          actions: ['s3:GetBucketPolicy', 's3:PutBucketPolicy'],
          resources: [bucket.bucketArn],
        }),
      );
    };
    expect(cell(reportOn(open), 'UserData', 'stranger', 'internet', 's3:PutBucketPolicy')).toMatchObject({
      outcome: 'allowed',
      by: [{ sid: 'Open' }],
    });
  });

  test('says nothing of an assembly without a workload', () => {
    expect(withAssembly(stack => stack, reportsOf)).toEqual([]);
  });
});

test('buckets that are decided alike share a table', () => {
  const names = Array.from({ length: 12 }, (_, index) => `Bucket${index + 1}`);
  const { access, policies } = reportOn(
    stack =>
      new PrivateEc2S3Access(stack, 'App', {
        s3Endpoint: S3EndpointMode.gatewayAndInterface(),
        dataBuckets: Object.fromEntries(
          names.map(name => [name, DataBucketSource.create({ access: [BucketAccess.readWrite()] })]),
        ),
      }),
  );
  expect(access.tables.length).toBeLessThan(4);
  expect(
    access.tables
      .flatMap(({ buckets }) => buckets)
      .map(index => policies.buckets[index].label)
      .sort(),
  ).toEqual([...names].sort());
  expect(JSON.stringify(access.tables.filter(({ buckets }) => buckets.length > 1))).not.toMatch(
    /bucket policy of Bucket/,
  );
});

test('policies of the organization bind the workload, at its buckets and at its key', () => {
  const { policies } = reportOn(quickStart);
  const deny = (Action: string): PolicyJson => ({
    Version: '2012-10-17',
    Statement: [
      { Sid: 'Everything', Effect: 'Allow', Action: '*', Resource: '*' },
      { Sid: 'Stop', Effect: 'Deny', Action, Resource: '*' },
    ],
  });
  const read = {
    who: 'workload',
    from: 'endpoint-0',
    action: 's3:GetObject',
    target: { kind: 'bucket', index: 1, object: 'object' },
  } as const;
  const answer = (guardrails: Partial<WorkloadPolicies>) =>
    new WhatIf({ ...policies, ...guardrails }, decide).answer(read);
  expect(answer({}).outcome).toBe('allowed');
  expect(answer({ serviceControlPolicies: [[deny('s3:GetObject')]] })).toMatchObject({
    outcome: 'denied',
    by: [{ sid: 'Stop', part: 'organization' }],
  });
  expect(answer({ serviceControlPolicies: [[deny('kms:Decrypt')]] })).toMatchObject({
    outcome: 'denied',
    by: [{ sid: 'Stop', part: 'organization' }],
  });
});
