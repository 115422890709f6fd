import type { StatementJson } from '../../../../src/iam';
import { everyOptionInput, quickStartInput } from '../../inputs';
import { doesNotApplyTo, holdsFor, isNotProvenWhereUnread, isViolatedWhere } from '../../results';
import { adding, ALLOW_ALL, withBucket, without } from '../../sabotage';

const ID = 'bound[all-policies]';
const quickStart = quickStartInput();
const [datasets, userData] = quickStart.buckets;
const TO_ROLE: StatementJson = {
  Sid: 'Extra',
  Effect: 'Allow',
  Principal: { AWS: quickStart.role.arn },
  Action: 's3:GetObject',
  Resource: `${userData.arn}/*`,
};
const open = withBucket(quickStart, adding(TO_ROLE));

doesNotApplyTo(
  ID,
  { 'the quick start': quickStart, 'every option': everyOptionInput() },
  'no bucket policy allows anything: the policies of the role decide',
);
holdsFor(ID, { 'an Allow that the Denies of role and bucket keep to the endpoint': open });
isNotProvenWhereUnread(ID, open);
isViolatedWhere(ID, [
  [
    'Allow * in the bucket policy',
    withBucket(quickStart, adding(ALLOW_ALL)),
    {
      request: /^the role of the workload, .*: s3:\w+ on /,
      decision: /statement Extra of the bucket policy/,
      expected: 'denied',
      subject: datasets.arn,
    },
    ['closed[bucket-configuration]', 'closed[bucket-policy-alone]', ID],
  ],
  [
    'an Allow of everything but an action, on everything but a resource',
    withBucket(
      quickStart,
      adding({
        Sid: 'Extra',
        Effect: 'Allow',
        Principal: '*',
        NotAction: 's3:PutBucketPolicy',
        NotResource: `${userData.arn}/any-object`,
      }),
    ),
    {
      request: /^the role of the workload, /,
      decision: /Extra of the bucket policy/,
      expected: 'denied',
      subject: datasets.arn,
    },
    ['closed[bucket-configuration]', 'closed[bucket-policy-alone]', ID],
  ],
  [
    'an Allow beside a policy without its network Deny',
    withBucket(open, without('DenyObjectsOutsideEndpoint')),
    {
      request: /^the role of the workload, /,
      decision: /statement Extra of the bucket policy/,
      expected: 'denied',
      subject: userData.arn,
    },
  ],
]);
