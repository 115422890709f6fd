import type { StatementJson } from '../../../../src/iam';
import { everyOptionInput, quickStartInput, s3ManagedInput } from '../../inputs';
import { doesNotApplyTo, holdsFor, isNotProvenWhereUnread, isViolatedWhere, resultOf } from '../../results';
import { adding, withKey } from '../../sabotage';

const ID = 'closed[key-policy-alone]';
const quickStart = quickStartInput();
const [{ arn: subject }] = quickStart.keys;
const OPEN = { decision: /statement Extra of the key policy/, expected: 'denied', subject };
const toAdmin = (Action: string): StatementJson => ({
  Sid: 'Extra',
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::111122223333:role/Admin' },
  Action,
  Resource: '*',
});

holdsFor(ID, {
  'the quick start': quickStart,
  'every option': everyOptionInput(),
  'what an action tells about the key': withKey(quickStart, adding(toAdmin('kms:DescribeKey'))),
  'a key that serves others': withKey(quickStart, adding(toAdmin('kms:Decrypt')), { exclusive: false }),
});
doesNotApplyTo(ID, { 'keys of S3': s3ManagedInput() }, 'no data bucket has a customer-managed key');
isNotProvenWhereUnread(ID, quickStart);

test('is assumed of a key that is not in the assembly', () => {
  const keys = quickStart.keys.map(each => ({ ...each, policy: 'unknown' as const }));
  expect(resultOf({ ...quickStart, keys }, ID)).toMatchObject({
    outcome: 'holds, assuming',
    assumptions: [`the policy of ${subject} keeps everybody else out`],
  });
});

isViolatedWhere(ID, [
  [
    'use by an administrator',
    withKey(quickStart, adding(toAdmin('kms:Decrypt'))),
    { ...OPEN, request: /^role Admin of the account, .*: kms:Decrypt on / },
  ],
  [
    'administration by the role of the workload',
    withKey(quickStart, adding({ ...toAdmin('kms:ScheduleKeyDeletion'), Principal: { AWS: quickStart.role.arn } })),
    { ...OPEN, request: /^the role of the workload, .*: kms:ScheduleKeyDeletion on / },
  ],
]);
