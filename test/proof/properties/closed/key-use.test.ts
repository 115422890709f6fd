import { everyOptionInput, quickStartInput, s3ManagedInput } from '../../inputs';
import { doesNotApplyTo, holdsFor, isNotProvenWhereUnread, isViolatedWhere } from '../../results';
import { ACCOUNT_KEY, adding, changing, withKey } from '../../sabotage';

const ID = 'closed[key-use]';
const quickStart = quickStartInput();
const [{ arn: subject }] = quickStart.keys;

holdsFor(ID, {
  'the quick start': quickStart,
  'every option': everyOptionInput(),
  'a key that serves others': withKey(quickStart, adding(ACCOUNT_KEY), { exclusive: false }),
});
doesNotApplyTo(ID, { 'keys of S3': s3ManagedInput() }, 'no data bucket has a customer-managed key');
isNotProvenWhereUnread(ID, quickStart);
isViolatedWhere(ID, [
  [
    'a key that the account uses',
    withKey(quickStart, adding(ACCOUNT_KEY)),
    {
      request: /: kms:\w+ on /,
      decision: /^allowed by statement Extra of the key policy/,
      expected: 'denied',
      subject,
    },
    [ID, 'no-dead-statement'],
  ],
  [
    'a key that the account uses through another service, which tells the address of the caller',
    withKey(
      quickStart,
      adding({
        ...ACCOUNT_KEY,
        Condition: { Null: { 'aws:SourceIp': 'false' }, StringLike: { 'kms:ViaService': 'dynamodb.*' } },
      }),
    ),
    {
      request: /by dynamodb\.\S+ on behalf of the caller from 203\.0\.113\.9, .*: kms:\w+ on /,
      decision: /^allowed by statement Extra of the key policy/,
      expected: 'denied',
      subject,
    },
  ],
  [
    'a role of the workload that decrypts on any way',
    withKey(
      quickStart,
      changing('DecryptThroughS3', ({ Condition }) => ({
        Condition: { ArnEquals: Condition?.ArnEquals ?? {} },
      })),
    ),
    {
      request: /: kms:Decrypt on /,
      decision: /statement DecryptThroughS3 of the key policy/,
      expected: 'denied',
      subject,
    },
  ],
]);
