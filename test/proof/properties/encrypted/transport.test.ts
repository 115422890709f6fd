import { everyOptionInput, quickStartInput } from '../../inputs';
import { broken, holdsFor, isNotProvenWhereUnread, isViolatedWhere, resultOf } from '../../results';
import { changing, withBucket, withLogs, without } from '../../sabotage';

const ID = 'encrypted[transport]';
const quickStart = quickStartInput();
const OPEN = { decision: /^no statement denies it/, expected: 'denied' };

holdsFor(ID, { 'the quick start': quickStart, 'every option': everyOptionInput() });
isNotProvenWhereUnread(ID, quickStart);

test('holds without a Deny of old TLS, which AWS does not speak', () => {
  expect(broken(withBucket(quickStart, without('DenyOldTls')))).toEqual([]);
});

test('is assumed of a bucket whose policy is not in the assembly', () => {
  expect(resultOf(everyOptionInput(), ID).assumptions).toEqual([
    'the policy of arn:aws:s3:::example-log-archive requires TLS 1.2',
  ]);
});

isViolatedWhere(ID, [
  [
    'no Deny of plain text',
    withBucket(quickStart, without('DenyWithoutTls')),
    { ...OPEN, request: /without TLS/, subject: quickStart.buckets[0].arn },
    [ID],
  ],
  [
    'a Deny of plain text for objects alone',
    withBucket(
      quickStart,
      changing('DenyWithoutTls', ({ Resource }) => ({
        Resource: [Resource ?? []].flat().filter(each => each.endsWith('/*')),
      })),
    ),
    { ...OPEN, request: /without TLS.*: s3:\w+ on arn:aws:s3:::[^/]+$/, subject: quickStart.buckets[0].arn },
  ],
  [
    'logs without a Deny of plain text',
    withLogs(quickStart, without('DenyWithoutTls')),
    { ...OPEN, request: /without TLS/, subject: quickStart.logBuckets?.[0].arn },
  ],
]);
