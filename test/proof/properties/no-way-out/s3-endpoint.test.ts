import type { StatementJson } from '../../../../src/iam';
import { everyOptionInput, quickStartInput } from '../../inputs';
import { holdsFor, isNotProvenWhereUnread, isViolatedWhere, resultOf } from '../../results';
import { adding, ALLOW_ALL, changing, unpinned, withEndpoint } from '../../sabotage';

const ID = 'no-way-out[s3-endpoint]';
const quickStart = quickStartInput();
const everyOption = everyOptionInput();
const OPEN = { expected: 'denied', subject: quickStart.endpoints[0].id };

const LAKE = 'arn:aws:s3:::lake-of-another-account';
const peer = {
  roleArn: 'arn:aws:iam::111122223333:role/Peer',
  bucketArns: [LAKE],
  endpointIds: quickStart.endpoints.map(({ id }) => id),
};
const lettingPeer = withEndpoint(
  quickStart,
  adding({
    Sid: 'PeerReadsLake',
    Effect: 'Allow',
    Principal: '*',
    Action: 's3:GetObject',
    Resource: `${LAKE}/*`,
    Condition: {
      ArnEquals: { 'aws:PrincipalArn': peer.roleArn },
      StringEquals: { 'aws:ResourceAccount': '444455556666' },
    },
  }),
);

holdsFor(ID, {
  'the quick start': quickStart,
  'every option': everyOption,
  'another workload that shares the endpoint, with a bucket of another account': { ...lettingPeer, peers: [peer] },
});
isNotProvenWhereUnread(ID, quickStart);

test('is assumed of an endpoint whose policy is not in the assembly', () => {
  const endpoints = quickStart.endpoints.map(each => ({ ...each, policy: 'unknown' as const }));
  expect(resultOf({ ...quickStart, endpoints }, ID)).toMatchObject({
    outcome: 'holds, assuming',
    assumptions: endpoints.map(({ id }) => `the policy of ${id} lets nothing out`),
  });
});

isViolatedWhere(ID, [
  [
    'a role that nobody declared, with a bucket of another account',
    lettingPeer,
    {
      ...OPEN,
      request: /lake-of-another-account/,
      decision: /^allowed by statement PeerReadsLake of the endpoint policy/,
    },
  ],
  [
    'a workload that shares the endpoint, with a bucket that its list does not name',
    { ...lettingPeer, peers: [{ ...peer, bucketArns: ['arn:aws:s3:::another-lake'] }] },
    {
      ...OPEN,
      request: /lake-of-another-account/,
      decision: /^allowed by statement PeerReadsLake of the endpoint policy/,
    },
  ],
  [
    'a wider endpoint',
    withEndpoint(quickStart, adding(ALLOW_ALL)),
    { ...OPEN, request: /through vpce-/, decision: /^allowed by statement Extra of the endpoint policy/ },
    ['closed[endpoint-to-others]', ID, 'no-dead-statement'],
  ],
  [
    'no resource account on the endpoint',
    withEndpoint(quickStart, unpinned('aws:ResourceAccount')),
    { ...OPEN, request: /of account 999900001111/, decision: /of the endpoint policy/ },
    [ID],
  ],
  [
    'more of a bucket of AWS',
    withEndpoint(
      everyOption,
      changing('ReadSsmAgent', () => ({ Action: 's3:*' })),
    ),
    {
      request: 's3:PutObject on arn:aws:s3:::us-east-1-birdwatcher-prod/w of account 999900001111',
      decision: /statement ReadSsmAgent of the endpoint policy/,
      expected: 'denied',
      subject: everyOption.endpoints[0].id,
    },
    [ID],
  ],
  [
    'a bucket with a name like one of AWS',
    withEndpoint(
      everyOption,
      changing('ReadSsmAgent', () => ({ Resource: 'arn:aws:s3:::aws-ssm-us-east-1*' })),
    ),
    {
      request: /s3:\w+ on arn:aws:s3:::aws-ssm-us-east-1/,
      decision: /statement ReadSsmAgent of the endpoint policy/,
      expected: 'denied',
      subject: everyOption.endpoints[0].id,
    },
    ['works[agreement]', 'works[aws-owned-buckets]', ID],
  ],
]);

test.each([
  'arn:aws:s3:*:*:accesspoint/inbox-*/object/*',
  'arn:aws:s3:us-east-1:777788889999:accesspoint/inbox/object/*',
  'arn:aws:s3:eu-west-1:*:accesspoint/inbox/object/*',
  'arn:aws:s3:*:*:access*/inbox/object/*',
  'arn:aws:s3:*:777788889999:accesspoint/*',
])('is violated by what leads to access points of strangers, without one of its own: %s', Resource => {
  const out: StatementJson = { Sid: 'Out', Effect: 'Allow', Principal: '*', Action: 's3:PutObject', Resource };
  expect(resultOf(withEndpoint(quickStart, adding(out)), ID).counterexamples[0].request).toMatch(
    /s3:PutObject on arn:aws:s3:[a-z0-9-]+:(999900001111|777788889999):accesspoint\/[\w-]+\/object\/w of account \1$/,
  );
});
