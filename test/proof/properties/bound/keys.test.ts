import { everyOptionInput, quickStartInput, s3ManagedInput } from '../../inputs';
import { doesNotApplyTo, holdsFor, isNotProvenWhereUnread, isViolatedWhere } from '../../results';
import { adding, unpinned, withKey, withRole } from '../../sabotage';

const ID = 'bound[keys]';
const quickStart = quickStartInput();
const [{ arn: subject }] = quickStart.keys;

holdsFor(ID, { 'the quick start': quickStart, 'every option': everyOptionInput() });
doesNotApplyTo(ID, { 'keys of S3': s3ManagedInput() }, 'no data bucket has a customer-managed key');
isNotProvenWhereUnread(ID, quickStart);
isViolatedWhere(ID, [
  [
    'a key for everybody',
    withKey(
      quickStart,
      adding({ Sid: 'Extra', Effect: 'Allow', Principal: '*', Action: 'kms:Decrypt', Resource: '*' }),
    ),
    {
      request: /^the role of the workload, .*: kms:Decrypt on /,
      decision: /statement Extra of the key policy/,
      expected: 'denied',
      subject,
    },
    ['closed[key-policy-alone]', 'closed[key-use]', ID, 'no-dead-statement'],
  ],
  [
    'no pin to S3 in the role',
    withRole(quickStart, unpinned('kms:ViaService')),
    {
      request: /^the role of the workload, .*: kms:\w+ on /,
      decision: /of the identity policy/,
      expected: 'denied',
      subject,
    },
  ],
]);
