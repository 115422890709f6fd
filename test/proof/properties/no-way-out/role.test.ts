import type { StatementJson } from '../../../../src/iam';
import { everyOptionInput, quickStartInput } from '../../inputs';
import { holdsFor, isNotProvenWhereUnread, isViolatedWhere, resultOf } from '../../results';
import { adding, unpinned, withRole } from '../../sabotage';

const ID = 'no-way-out[role]';
const quickStart = quickStartInput();
const subject = quickStart.role.arn;

holdsFor(ID, { 'the quick start': quickStart, 'every option': everyOptionInput() });
isNotProvenWhereUnread(ID, quickStart);
isViolatedWhere(ID, [
  [
    'no account in the role',
    withRole(quickStart, unpinned('aws:ResourceAccount')),
    { request: /of account 999900001111/, decision: /of the identity policy/, expected: 'denied', subject },
    [ID],
  ],
  [
    'an Allow on what a policy variable names',
    withRole(
      { ...quickStart, role: { ...quickStart.role, tags: { team: 'red' } } },
      adding({
        Sid: 'Extra',
        Effect: 'Allow',
        Action: 's3:GetObject',
        Resource: `${quickStart.buckets[0].arn}/\${aws:PrincipalTag/team}/*`,
      }),
    ),
    { request: /\/red\//, decision: /statement Extra of the identity policy/, expected: 'denied', subject },
    ['works[agreement]', ID, 'bound[role-policies]'],
  ],
]);

test('says what to do', () => {
  expect(resultOf(withRole(quickStart, unpinned('aws:ResourceAccount')), ID).counterexamples[0].fix).toContain(
    'aws:ResourceAccount',
  );
});

test.each([
  'arn:aws:s3:*:*:accesspoint/inbox-*/object/*',
  'arn:aws:s3:us-east-1:777788889999:accesspoint/inbox/object/*',
  'arn:aws:s3:eu-west-1:*:accesspoint/inbox/object/*',
  'arn:aws:s3:*:*:access*/inbox/object/*',
  'arn:aws:s3:*:777788889999:accesspoint/*',
])('is violated by what leads to access points of strangers, without one of its own: %s', Resource => {
  const out: StatementJson = { Sid: 'Out', Effect: 'Allow', Action: 's3:PutObject', Resource };
  expect(resultOf(withRole(quickStart, adding(out)), ID).outcome).toBe('violated');
});
