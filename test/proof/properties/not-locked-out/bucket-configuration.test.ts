import { claimOf, prove } from '../../../../src/proof';
import { everyOptionInput, quickStartInput } from '../../inputs';
import { brokenIn, holdsFor, isNotProvenWhereUnread, isViolatedWhere, resultOf } from '../../results';
import { adding, denyingOn, withBucket, without } from '../../sabotage';
import { guarded } from '../../under-guardrails';

const ID = 'not-locked-out[bucket-configuration]';
const quickStart = quickStartInput();
const [datasets, userData] = quickStart.buckets;
const locking = withBucket(quickStart, denyingOn(userData.arn));

holdsFor(ID, { 'the quick start': quickStart, 'every option': everyOptionInput() });
isNotProvenWhereUnread(ID, quickStart);
isViolatedWhere(ID, [
  [
    's3:* denied on the bucket',
    locking,
    {
      request: /^role Admin of the account, from the internet/,
      decision: /^denied by statement Extra of the bucket policy/,
      expected: 'not denied',
      subject: userData.arn,
    },
    ['works[agreement]', ID, 'not-locked-out[bucket-lists]'],
  ],
  [
    'a Deny for everybody but a principal',
    withBucket(
      quickStart,
      adding({
        Sid: 'Extra',
        Effect: 'Deny',
        NotPrincipal: { AWS: 'arn:aws:iam::111122223333:root' },
        Action: 's3:GetBucketAcl',
        Resource: [datasets.arn, userData.arn],
      }),
    ),
    {
      request: /^role Admin of the account/,
      decision: /^denied by statement Extra of the bucket policy/,
      expected: 'not denied',
      subject: datasets.arn,
    },
    [ID],
  ],
]);

test('an update is violated by a bucket policy that is still there', () => {
  const found = brokenIn(prove(quickStart, { previous: locking }));
  expect(new Set(found.map(({ id }) => claimOf(id)))).toEqual(new Set(['not-locked-out']));
  expect(found.flatMap(each => each.counterexamples)[0].request).toContain(
    'role Admin of the account, from the internet',
  );
});

test('an update from a state that locks nobody out: every property holds, by more decisions', () => {
  const [alone, updated] = [undefined, withBucket(quickStart, without('DenyObjectsOutsideEndpoint'))].map(previous =>
    prove(quickStart, { previous }),
  );
  expect([alone, updated].flatMap(brokenIn)).toEqual([]);
  expect(updated.decisions).toBeGreaterThan(alone.decisions);
});

test('account administrators may be held by service control policies, not by policies of the resources', () => {
  const deny = {
    Sid: 'Extra',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:PutBucketPolicy',
    Resource: '*',
    Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/Admin' } },
  } as const;
  expect(resultOf(withBucket(guarded(), adding(deny)), ID).counterexamples[0].request).toMatch(
    /^role Admin of the account/,
  );
});
