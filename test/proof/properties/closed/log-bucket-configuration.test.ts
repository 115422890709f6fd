import type { StatementJson } from '../../../../src/iam';
import { everyOptionInput, quickStartInput } from '../../inputs';
import { doesNotApplyTo, holdsFor, isNotProvenWhereUnread, isViolatedWhere } from '../../results';
import { adding, withLogs } from '../../sabotage';

const ID = 'closed[log-bucket-configuration]';
const quickStart = quickStartInput();
const [{ arn }] = quickStart.logBuckets ?? [];
const OPEN = { decision: /statement Extra of the bucket policy/, expected: 'denied', subject: arn };
const allowing = (Principal: StatementJson['Principal'], Action: string) =>
  withLogs(quickStart, adding({ Sid: 'Extra', Effect: 'Allow', Principal, Action, Resource: arn }));

holdsFor(ID, {
  'the quick start': quickStart,
  'another account to which S3 refuses it': allowing({ AWS: 'arn:aws:iam::999988887777:root' }, 's3:PutBucketPolicy'),
  'an administrator of the account': allowing({ AWS: 'arn:aws:iam::111122223333:root' }, 's3:PutBucketPolicy'),
});
doesNotApplyTo(
  ID,
  { 'a workload without logs': { ...everyOptionInput(), logBuckets: [] } },
  'no bucket receives logs of the workload',
);
isNotProvenWhereUnread(ID, quickStart);
isViolatedWhere(ID, [
  [
    'another account that configures it',
    allowing({ AWS: 'arn:aws:iam::999988887777:root' }, 's3:PutLifecycleConfiguration'),
    { ...OPEN, request: /999988887777.*: s3:PutLifecycleConfiguration on / },
  ],
  [
    'a service that looks at it, whomever it acts for',
    allowing({ Service: 'delivery.logs.amazonaws.com' }, 's3:GetBucketAcl'),
    { ...OPEN, request: /^the service delivery\.logs\.amazonaws\.com.*: s3:GetBucketAcl on / },
  ],
]);
