import { everyOptionInput, quickStartInput, s3ManagedInput } from '../../inputs';
import { broken, doesNotApplyTo, holdsFor, isNotProvenWhereUnread, isViolatedWhere, resultOf } from '../../results';
import { ACCOUNT_KEY, changing, withKey, without } from '../../sabotage';

const ID = 'closed[key-grants]';
const quickStart = quickStartInput();
const [{ arn: subject }] = quickStart.keys;
const OPEN = { request: /: kms:CreateGrant on /, decision: /^no statement denies it/, expected: 'denied', subject };

holdsFor(ID, { 'the quick start': quickStart, 'every option': everyOptionInput() });
doesNotApplyTo(ID, { 'keys of S3': s3ManagedInput() }, 'no data bucket has a customer-managed key');
isNotProvenWhereUnread(ID, quickStart);

test('holds for a key that serves others', () => {
  expect(broken(withKey(quickStart, () => [ACCOUNT_KEY], { exclusive: false }))).toEqual([]);
});

isViolatedWhere(ID, [
  [
    'grants for anybody',
    withKey(quickStart, without('DenyGrantsExceptForAwsResources')),
    OPEN,
    [ID, 'closed[key-use]'],
  ],
  [
    'a Deny of grants of one account',
    withKey(
      quickStart,
      changing('DenyGrantsExceptForAwsResources', ({ Condition }) => ({
        Condition: { ...Condition, StringEquals: { 'aws:PrincipalAccount': '999988887777' } },
      })),
    ),
    OPEN,
  ],
  [
    "a key that is the workload's and yet serves others",
    withKey(quickStart, () => [ACCOUNT_KEY]),
    OPEN,
    [ID, 'closed[key-use]'],
  ],
]);

test('says what to do', () => {
  expect(
    resultOf(
      withKey(quickStart, () => [ACCOUNT_KEY]),
      ID,
    ).counterexamples[0].fix,
  ).toMatch(/^deny kms:CreateGrant/);
});
