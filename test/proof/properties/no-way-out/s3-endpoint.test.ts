import type { StatementJson } from '../../../../src/iam';
import { everyOptionInput, quickStartInput } from '../../inputs';
import { holdsFor, isNotProvenWhereUnread, isViolatedWhere, resultOf } from '../../results';
import { adding, ALLOW_ALL, changing, unpinned, withEndpoint } from '../../sabotage';

const ID = 'no-way-out[s3-endpoint]';
const quickStart = quickStartInput();
const everyOption = everyOptionInput();
const OPEN = { expected: 'denied', subject: quickStart.endpoints[0].id };

holdsFor(ID, { 'the quick start': quickStart, 'every option': everyOption });
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
