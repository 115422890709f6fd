import type { StatementJson } from '../../../../src/iam';
import { everyOptionInput, quickStartInput } from '../../inputs';
import { holdsFor, isNotProvenWhereUnread, isViolatedWhere } from '../../results';
import { adding, withBucket } from '../../sabotage';

const ID = 'closed[bucket-configuration]';
const quickStart = quickStartInput();
const [{ arn }] = quickStart.buckets;
const allowing = (Principal: StatementJson['Principal'], more: Partial<StatementJson> = {}) =>
  withBucket(
    quickStart,
    adding({ Sid: 'Extra', Effect: 'Allow', Principal, Action: 's3:GetBucketLogging', Resource: arn, ...more }),
  );
const OPEN = { decision: /statement Extra of the bucket policy/, expected: 'denied', subject: arn };

holdsFor(ID, {
  'the quick start': quickStart,
  'every option': everyOptionInput(),
  'an Allow of what S3 lets nobody of another account do': allowing(
    { AWS: 'arn:aws:iam::999988887777:root' },
    { Action: ['s3:GetBucketPolicy', 's3:PutBucketPolicy', 's3:DeleteBucketPolicy', 's3:CreateBucket'] },
  ),
  "an Allow for the bucket's own account": allowing({ AWS: 'arn:aws:iam::111122223333:root' }),
  'an Allow for a service that acts for the account': allowing(
    { Service: 'config.amazonaws.com' },
    { Condition: { StringEquals: { 'aws:SourceAccount': quickStart.account } } },
  ),
});
isNotProvenWhereUnread(ID, quickStart);
isViolatedWhere(ID, [
  ['everybody', allowing('*'), { ...OPEN, request: /: s3:GetBucketLogging on / }],
  [
    'another account that configures',
    allowing({ AWS: 'arn:aws:iam::999988887777:root' }, { Action: 's3:PutReplicationConfiguration' }),
    { ...OPEN, request: /999988887777.*: s3:PutReplicationConfiguration on / },
  ],
  [
    'a service, whomever it acts for',
    allowing({ Service: 'config.amazonaws.com' }),
    { ...OPEN, request: /^the service config\.amazonaws\.com/ },
  ],
]);
