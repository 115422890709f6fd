import { claimOf, prove } from '../../../../src/proof';
import { everyOptionInput, quickStartInput, s3ManagedInput } from '../../inputs';
import { brokenIn, doesNotApplyTo, holdsFor, isNotProvenWhereUnread, isViolatedWhere, resultOf } from '../../results';
import { adding, withKey, without } from '../../sabotage';

const ID = 'not-locked-out[key-configuration]';
const quickStart = quickStartInput();
const [{ arn: subject }] = quickStart.keys;
const locking = withKey(quickStart, without('AccountAdministersKey'));

const ofTwoAccounts = ['111122223333', '444455556666'].map(
  account => `arn:aws:iam::${account}:role/cdk-hnb659fds-cfn-exec-role-${account}-eu-west-1`,
);

holdsFor(ID, {
  'the quick start': quickStart,
  'every option': everyOptionInput(),
  'an app that is deployed to another account, too': { ...quickStart, deploymentRoleArns: ofTwoAccounts },
});
doesNotApplyTo(ID, { 'keys of S3': s3ManagedInput() }, 'no data bucket has a customer-managed key');
isNotProvenWhereUnread(ID, quickStart);

test('is assumed of a key that is not in the assembly', () => {
  const keys = quickStart.keys.map(each => ({ ...each, policy: 'unknown' as const }));
  expect(resultOf({ ...quickStart, keys }, ID)).toMatchObject({
    outcome: 'holds, assuming',
    assumptions: [`the policy of ${subject} locks nobody out`],
  });
});

isViolatedWhere(ID, [
  [
    'a key that nobody administers',
    locking,
    {
      request: /: kms:CancelKeyDeletion on /,
      decision: /^no statement of the key policy allows it/,
      expected: 'allowed',
      subject,
    },
    [ID],
  ],
  [
    'a key whose policy nobody changes',
    withKey(
      quickStart,
      adding({ Sid: 'Extra', Effect: 'Deny', Principal: '*', Action: 'kms:PutKeyPolicy', Resource: '*' }),
    ),
    {
      request: /: kms:PutKeyPolicy on /,
      decision: /^denied by statement Extra of the key policy/,
      expected: 'not denied',
      subject,
    },
  ],
]);

test('an update is violated by a key policy that is still there', () => {
  const found = brokenIn(prove(quickStart, { previous: locking }));
  expect(new Set(found.map(({ id }) => claimOf(id)))).toEqual(new Set(['not-locked-out']));
  expect(found.flatMap(each => each.counterexamples)[0].request).toContain('kms:CancelKeyDeletion');
});
