import { everyOptionInput, quickStartInput, s3ManagedInput } from '../../inputs';
import { doesNotApplyTo, holdsFor, isNotProvenWhereUnread, isViolatedWhere } from '../../results';
import { adding, changing, withBucket } from '../../sabotage';

const ID = 'encrypted[default]';
const quickStart = quickStartInput();
const [{ arn: subject }] = quickStart.buckets;
const REFUSED = { expected: 'not denied', subject };

holdsFor(ID, { 'the quick start': quickStart, 'every option': everyOptionInput(), 'keys of S3': s3ManagedInput() });
doesNotApplyTo(
  ID,
  {
    'buckets that serve others': withBucket(
      quickStart,
      each => each,
      () => ({ exclusive: false }),
    ),
  },
  'no data bucket was made for this workload',
);
isNotProvenWhereUnread(ID, quickStart);
isViolatedWhere(ID, [
  [
    'uploads that have to name an encryption',
    withBucket(
      quickStart,
      changing('DenyOtherEncryption', ({ Condition }) => ({
        Condition: { StringNotEquals: Condition?.StringNotEquals ?? {} },
      })),
    ),
    {
      ...REFUSED,
      request: /: s3:PutObject on /,
      decision: /^denied by statement DenyOtherEncryption of the bucket policy/,
    },
    ['works[agreement]', ID],
  ],
  [
    'uploads that may not name an encryption',
    withBucket(
      quickStart,
      adding({
        Sid: 'Extra',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:PutObject',
        Resource: '*',
        Condition: { Null: { 's3:x-amz-server-side-encryption': 'false' } },
      }),
    ),
    {
      ...REFUSED,
      request: /encryption header aws:kms.*: s3:PutObject on /,
      decision: /^denied by statement Extra of the bucket policy/,
    },
  ],
]);
