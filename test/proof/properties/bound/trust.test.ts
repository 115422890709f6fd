import { everyOptionInput, quickStartInput } from '../../inputs';
import { holdsFor, isNotProvenWhereUnread, isViolatedWhere, resultOf } from '../../results';
import { adding, withTrust } from '../../sabotage';

const ID = 'bound[trust]';
const quickStart = quickStartInput();
const subject = quickStart.role.arn;

holdsFor(ID, { 'the quick start': quickStart, 'every option': everyOptionInput() });
isNotProvenWhereUnread(ID, quickStart);

test('is assumed where the trust policy is not known', () => {
  const role = { ...quickStart.role, trust: undefined };
  expect(resultOf({ ...quickStart, role }, ID)).toMatchObject({
    outcome: 'holds, assuming',
    assumptions: [`nobody but EC2 can assume ${subject}`],
  });
});

isViolatedWhere(ID, [
  [
    'a trust policy for everybody',
    withTrust(
      quickStart,
      adding({
        Sid: 'Extra',
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::111122223333:root' },
        Action: 'sts:AssumeRole',
      }),
    ),
    {
      request: /: sts:AssumeRole on /,
      decision: /statement Extra of the trust policy/,
      expected: 'denied',
      subject,
    },
    [ID],
  ],
  [
    'a trust policy for more than the role',
    withTrust(quickStart, statements => statements.map(each => ({ ...each, Action: 'sts:*' }))),
    {
      request: /^the service ec2\.amazonaws\.com, over TLS 1\.3/,
      decision: /of the trust policy/,
      expected: 'denied',
      subject,
    },
    [ID],
  ],
]);
