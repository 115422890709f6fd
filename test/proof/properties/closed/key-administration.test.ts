import type { StatementJson } from '../../../../src/iam';
import { everyOptionInput, quickStartInput, s3ManagedInput } from '../../inputs';
import { doesNotApplyTo, holdsFor, isNotProvenWhereUnread, isViolatedWhere } from '../../results';
import { adding, withKey } from '../../sabotage';

const ID = 'closed[key-administration]';
const quickStart = quickStartInput();
const [{ arn: subject }] = quickStart.keys;
const OPEN = { decision: /statement Extra of the key policy/, expected: 'denied', subject };
const allowing = (Principal: StatementJson['Principal'], Action: string) =>
  withKey(quickStart, adding({ Sid: 'Extra', Effect: 'Allow', Principal, Action, Resource: '*' }));

holdsFor(ID, {
  'the quick start': quickStart,
  'every option': everyOptionInput(),
  'an administrator of the account': allowing({ AWS: 'arn:aws:iam::111122223333:role/Admin' }, 'kms:PutKeyPolicy'),
});
doesNotApplyTo(ID, { 'keys of S3': s3ManagedInput() }, 'no data bucket has a customer-managed key');
isNotProvenWhereUnread(ID, quickStart);
isViolatedWhere(ID, [
  [
    'another account',
    allowing({ AWS: 'arn:aws:iam::999988887777:root' }, 'kms:PutKeyPolicy'),
    { ...OPEN, request: /999988887777.*: kms:PutKeyPolicy on / },
  ],
  [
    'a service',
    allowing({ Service: 'backup.amazonaws.com' }, 'kms:DescribeKey'),
    { ...OPEN, request: /^the service backup\.amazonaws\.com.*: kms:DescribeKey on / },
  ],
]);
