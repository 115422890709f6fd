import type { StatementJson } from '../../../../src/iam';
import { everyOptionInput, quickStartInput, s3ManagedInput } from '../../inputs';
import { holdsFor, isNotProvenWhereUnread, isViolatedWhere } from '../../results';
import { adding, withRole } from '../../sabotage';

const ID = 'works[no-other-keys]';
const quickStart = quickStartInput();
const allowing = (more: Partial<StatementJson>) =>
  withRole(quickStart, adding({ Sid: 'Extra', Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*', ...more }));
const EXCESS = {
  decision: /^allowed by statement Extra of the identity policy/,
  expected: 'denied',
  subject: quickStart.role.arn,
};

holdsFor(ID, { 'the quick start': quickStart, 'every option': everyOptionInput(), 'keys of S3': s3ManagedInput() });
isNotProvenWhereUnread(ID, quickStart);
isViolatedWhere(ID, [
  ['any key', allowing({}), { ...EXCESS, request: /: kms:Decrypt on arn:aws:kms:us-east-1:111122223333:key\/another/ }],
  [
    'any key of another account, to encrypt',
    allowing({ Action: 'kms:GenerateDataKey', Resource: 'arn:aws:kms:*:999900001111:key/*' }),
    { ...EXCESS, request: /: kms:GenerateDataKey on arn:aws:kms:us-east-1:999900001111:key\/another/ },
  ],
]);
