import { everyOptionInput, quickStartInput } from '../../inputs';
import { holdsFor, isNotProvenWhereUnread, isViolatedWhere, resultOf } from '../../results';
import { adding, ALLOW_ALL, withBucket } from '../../sabotage';

const ID = 'closed[bucket-policy-alone]';
const quickStart = quickStartInput();
const [{ arn: subject }, userData] = quickStart.buckets;
const OPEN = { decision: /statement Extra of the bucket policy/, expected: 'denied' };
const ON_OBJECTS = adding({ ...ALLOW_ALL, Resource: `${userData.arn}/*` });

holdsFor(ID, {
  'the quick start': quickStart,
  'every option': everyOptionInput(),
  'a bucket that serves others': withBucket(quickStart, ON_OBJECTS, () => ({ exclusive: false })),
});
isNotProvenWhereUnread(ID, quickStart);
isViolatedWhere(ID, [
  [
    'Allow * on the objects alone',
    withBucket(quickStart, ON_OBJECTS),
    { ...OPEN, request: new RegExp(`: s3:\\w+ on ${userData.arn}/`), subject: userData.arn },
    [ID],
  ],
  [
    'an Allow of an administrator on the bucket itself',
    withBucket(
      quickStart,
      adding({
        ...ALLOW_ALL,
        Principal: { AWS: 'arn:aws:iam::111122223333:role/Admin' },
        Action: 's3:PutBucketPolicy',
        Resource: subject,
      }),
    ),
    { ...OPEN, request: /^role Admin of the account, .*: s3:PutBucketPolicy on /, subject },
  ],
]);

test('says what to do', () => {
  expect(resultOf(withBucket(quickStart, ON_OBJECTS), ID).counterexamples[0].fix).toMatch(
    /^remove the Allow from the bucket policy/,
  );
});
