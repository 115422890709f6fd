import { everyOptionInput, quickStartInput } from '../../inputs';
import { doesNotApplyTo, holdsFor, isNotProvenWhereUnread, isViolatedWhere } from '../../results';
import { adding, withKey, without } from '../../sabotage';

const ID = 'not-locked-out[volumes]';
const quickStart = quickStartInput();
const [{ arn: subject }] = quickStart.keys;

holdsFor(ID, { 'the quick start': quickStart, 'every option': everyOptionInput() });
doesNotApplyTo(
  ID,
  { 'a key that serves others': withKey(quickStart, each => each, { exclusive: false }) },
  'no key was made for this workload',
);
isNotProvenWhereUnread(ID, quickStart);
isViolatedWhere(ID, [
  [
    'volumes without the key',
    withKey(quickStart, without('EncryptVolumesThroughEc2')),
    {
      request: /by ec2\.us-east-1\.amazonaws\.com/,
      decision: /^no statement of the key policy allows it/,
      expected: 'allowed',
      subject,
    },
    [ID, 'no-dead-statement'],
  ],
  [
    'no grants at all, not even for AWS resources',
    withKey(
      quickStart,
      adding({ Sid: 'Extra', Effect: 'Deny', Principal: '*', Action: 'kms:CreateGrant', Resource: '*' }),
    ),
    {
      request: /by ec2\.us-east-1\.amazonaws\.com.*: kms:CreateGrant on /,
      decision: /^denied by statement Extra of the key policy/,
      expected: 'allowed',
      subject,
    },
  ],
]);
