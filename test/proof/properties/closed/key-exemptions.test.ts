import { everyOptionInput, quickStartInput } from '../../inputs';
import { doesNotApplyTo, holdsFor, isNotProvenWhereUnread, isViolatedWhere } from '../../results';
import { adding, withKey, without } from '../../sabotage';

const ID = 'closed[key-exemptions]';
const everyOption = everyOptionInput();
const [{ arn: subject }] = everyOption.keys;

holdsFor(ID, {
  'every option': everyOption,
  'a key that serves others': withKey(everyOption, without('DecryptThroughS3'), { exclusive: false }),
});
doesNotApplyTo(
  ID,
  { 'the quick start': quickStartInput() },
  'nobody is exempt from the policy of a bucket with a customer-managed key',
);
isNotProvenWhereUnread(ID, everyOption);
isViolatedWhere(ID, [
  [
    'a key that the exempt cannot decrypt with',
    withKey(everyOption, without('DecryptThroughS3')),
    {
      request: /^the exempt principal .*: kms:Decrypt on /,
      decision: /^no statement of the key policy allows it/,
      expected: 'allowed',
      subject,
    },
  ],
  [
    'a key that one of them may not use',
    withKey(
      everyOption,
      adding({
        Sid: 'Extra',
        Effect: 'Deny',
        Principal: '*',
        Action: 'kms:GenerateDataKey',
        Resource: '*',
        Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/deploy/*' } },
      }),
    ),
    {
      request: /^the exempt principal arn:aws:iam::111122223333:role\/deploy\/Deployer, .*: kms:GenerateDataKey on /,
      decision: /^denied by statement Extra of the key policy/,
      expected: 'allowed',
      subject,
    },
  ],
]);
