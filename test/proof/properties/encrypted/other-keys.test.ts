import { everyOptionInput, quickStartInput, s3ManagedInput } from '../../inputs';
import { holdsFor, isNotProvenWhereUnread, isViolatedWhere, resultOf } from '../../results';
import { changing, withBucket, without } from '../../sabotage';

const ID = 'encrypted[other-keys]';
const quickStart = quickStartInput();
const [{ arn: subject }] = quickStart.buckets;
const OPEN = { decision: /^no statement denies it/, expected: 'denied', subject };

holdsFor(ID, { 'the quick start': quickStart, 'every option': everyOptionInput(), 'keys of S3': s3ManagedInput() });
isNotProvenWhereUnread(ID, quickStart);

test('is assumed where the default encryption is not known', () => {
  const buckets = quickStart.buckets.map(each => ({ ...each, encryption: undefined }));
  expect(resultOf({ ...quickStart, buckets }, ID)).toMatchObject({
    outcome: 'holds, assuming',
    assumptions: buckets.map(({ arn }) => `the default encryption of ${arn}`),
  });
});

isViolatedWhere(ID, [
  [
    'other algorithms',
    withBucket(quickStart, without('DenyOtherEncryption')),
    { ...OPEN, request: /encryption header AES256/ },
    [ID],
  ],
  ['other keys', withBucket(quickStart, without('DenyOtherKeys')), { ...OPEN, request: /key\/foreign/ }, [ID]],
  [
    'aws:kms without a key',
    withBucket(quickStart, without('DenyKmsWithoutKeyId')),
    { ...OPEN, request: /encryption header aws:kms: s3:PutObject/ },
    [ID],
  ],
  [
    'SSE-C',
    withBucket(quickStart, without('DenyCustomerProvidedKeys')),
    { ...OPEN, request: /customer-provided key AES256/ },
    [ID],
  ],
  [
    'a header without a value',
    withBucket(
      quickStart,
      changing('DenyOtherEncryption', ({ Condition }) => ({
        Condition: { Null: Condition?.Null ?? {}, 'ForAnyValue:StringNotEquals': Condition?.StringNotEquals ?? {} },
      })),
    ),
    { ...OPEN, request: /encryption header without a value/ },
    [ID],
  ],
]);
