import { everyOptionInput, quickStartInput } from '../../inputs';
import { doesNotApplyTo, holdsFor, isNotProvenWhereUnread, isViolatedWhere, resultOf } from '../../results';
import { adding, changing, withLogs } from '../../sabotage';

const ID = 'closed[log-bucket-objects]';
const quickStart = quickStartInput();
const [{ arn: subject }] = quickStart.logBuckets ?? [];

holdsFor(ID, { 'the quick start': quickStart });
doesNotApplyTo(
  ID,
  { 'a workload without logs': { ...everyOptionInput(), logBuckets: [] } },
  'no bucket receives logs of the workload',
);
isNotProvenWhereUnread(ID, quickStart);

test('is assumed of a bucket whose policy is not in the assembly', () => {
  const input = withLogs(quickStart, each => each, { policy: 'unknown' });
  expect(resultOf(input, ID)).toMatchObject({
    outcome: 'holds, assuming',
    assumptions: [`the policy of ${subject} keeps everybody else out`],
  });
});

isViolatedWhere(ID, [
  [
    'logs from any account',
    withLogs(
      quickStart,
      changing('AccessLogDelivery', () => ({ Condition: undefined })),
    ),
    {
      request: /^the service logging\.s3\.amazonaws\.com.*: s3:PutObject on /,
      decision: /^allowed by statement AccessLogDelivery of the bucket policy/,
      expected: 'denied',
      subject,
    },
    [ID],
  ],
  [
    'logs that everybody reads',
    withLogs(
      quickStart,
      adding({ Sid: 'Extra', Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `${subject}/*` }),
    ),
    {
      request: /: s3:GetObject on /,
      decision: /statement Extra of the bucket policy/,
      expected: 'denied',
      subject,
    },
  ],
]);
