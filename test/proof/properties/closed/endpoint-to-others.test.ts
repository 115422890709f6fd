import { everyOptionInput, quickStartInput } from '../../inputs';
import { doesNotApplyTo, holdsFor, isNotProvenWhereUnread, isViolatedWhere, resultOf } from '../../results';
import { adding, unpinned, withEndpoint } from '../../sabotage';

const ID = 'closed[endpoint-to-others]';
const quickStart = quickStartInput();
const [{ id: subject }] = quickStart.endpoints;
const open = withEndpoint(quickStart, unpinned('aws:PrincipalArn'));

holdsFor(ID, { 'the quick start': quickStart, 'every option': everyOptionInput() });
doesNotApplyTo(
  ID,
  {
    'an endpoint that serves others': {
      ...quickStart,
      endpoints: quickStart.endpoints.map(each => ({ ...each, exclusive: false })),
    },
  },
  'no endpoint was made for this workload',
);
isNotProvenWhereUnread(ID, quickStart);
isViolatedWhere(ID, [
  [
    'no principal on the endpoint',
    open,
    { request: /through vpce-/, decision: /of the endpoint policy/, expected: 'denied', subject },
    [ID],
  ],
  [
    'an administrator beside the role',
    withEndpoint(
      quickStart,
      adding({
        Sid: 'Extra',
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:ListBucket',
        Resource: quickStart.buckets[0].arn,
        Condition: { ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/Admin' } },
      }),
    ),
    {
      request: /^role Admin of the account, through vpce-.*: s3:ListBucket on /,
      decision: /statement Extra of the endpoint policy/,
      expected: 'denied',
      subject,
    },
  ],
]);

test('says what to do', () => {
  expect(resultOf(open, ID).counterexamples[0].fix).toMatch(/^name the workload's role by aws:PrincipalArn/);
});
