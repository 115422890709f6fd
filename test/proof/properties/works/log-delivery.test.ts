import { everyOptionInput, quickStartInput } from '../../inputs';
import { doesNotApplyTo, holdsFor, isNotProvenWhereUnread, isViolatedWhere } from '../../results';
import { adding, withLogs, without } from '../../sabotage';
import { condition, guarded } from '../../under-guardrails';

const ID = 'works[log-delivery]';
const quickStart = quickStartInput();
const [{ arn: subject }] = quickStart.logBuckets ?? [];
const REFUSED = { expected: 'allowed', subject };

holdsFor(ID, { 'the quick start': quickStart, 'all guardrails of the library': guarded() });
doesNotApplyTo(
  ID,
  { 'a workload without logs': { ...everyOptionInput(), logBuckets: [] } },
  'no bucket receives logs of the workload',
);
isNotProvenWhereUnread(ID, quickStart);
isViolatedWhere(ID, [
  [
    'logs that do not arrive',
    withLogs(quickStart, without('AccessLogDelivery')),
    {
      ...REFUSED,
      request: /^the service logging\.s3\.amazonaws\.com, .*: s3:PutObject on /,
      decision: /^no statement of the bucket policy allows it/,
    },
    [ID],
  ],
  [
    'flow logs that are denied',
    withLogs(
      quickStart,
      adding({
        Sid: 'Extra',
        Effect: 'Deny',
        Principal: { Service: 'delivery.logs.amazonaws.com' },
        Action: 's3:*',
        Resource: '*',
      }),
    ),
    {
      ...REFUSED,
      request: /^the service delivery\.logs\.amazonaws\.com, .*: s3:PutObject on /,
      decision: /^denied by statement Extra of the bucket policy/,
    },
  ],
  [
    'the delivery of its logs',
    guarded({
      rcps: [condition('DenyOutsideOrganization', ({ StringNotEqualsIfExists }) => ({ StringNotEqualsIfExists }))],
    }),
    {
      ...REFUSED,
      request: /^the service (logging\.s3|delivery\.logs|ec2)\.amazonaws\.com/,
      decision: /^denied by statement DenyOutsideOrganization/,
    },
    [ID],
  ],
]);
