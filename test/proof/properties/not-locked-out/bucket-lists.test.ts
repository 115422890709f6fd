import { everyOptionInput, quickStartInput } from '../../inputs';
import { holdsFor, isNotProvenWhereUnread, isViolatedWhere, resultOf } from '../../results';
import { changing, withBucket } from '../../sabotage';

const ID = 'not-locked-out[bucket-lists]';
const quickStart = quickStartInput();
const [{ arn: subject }] = quickStart.buckets;
const LOCKED = {
  decision: /^denied by statement DenyListsOutsideEndpoint of the bucket policy/,
  expected: 'not denied',
  subject,
};

holdsFor(ID, { 'the quick start': quickStart, 'every option': everyOptionInput() });
isNotProvenWhereUnread(ID, quickStart);

test('is assumed of a bucket whose policy is not in the assembly', () => {
  expect(resultOf(everyOptionInput(), ID).assumptions).toEqual([
    'the policy of arn:aws:s3:::example-log-archive locks nobody out',
  ]);
});

isViolatedWhere(ID, [
  [
    'a role of CloudFormation that is not spared',
    { ...quickStart, deploymentRoleArns: ['arn:aws:iam::111122223333:role/deployers/Own'] },
    { ...LOCKED, request: /^CloudFormation as Own, .*: s3:ListBucket on / },
  ],
  [
    'CloudFormation with the credentials of whoever calls it, which are not spared',
    withBucket(
      quickStart,
      changing('DenyListsOutsideEndpoint', ({ Condition = {} }) => ({
        Condition: Object.fromEntries(Object.entries(Condition).filter(([, keys]) => !('aws:CalledViaFirst' in keys))),
      })),
    ),
    { ...LOCKED, request: /^role Admin of the account through CloudFormation, .*: s3:ListBucket on / },
  ],
]);
