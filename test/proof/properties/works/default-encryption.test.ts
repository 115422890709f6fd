import type { StatementJson } from '../../../../src/iam';
import { everyOptionInput, quickStartInput, s3ManagedInput } from '../../inputs';
import { holdsFor, isNotProvenWhereUnread, isViolatedWhere } from '../../results';
import { adding, withBucket, withRole } from '../../sabotage';

const ID = 'works[default-encryption]';
const quickStart = quickStartInput();
const [, { arn: subject }] = quickStart.buckets;
const deny = (Condition: StatementJson['Condition']): StatementJson => ({
  Sid: 'Extra',
  Effect: 'Deny',
  Action: 's3:PutObject',
  Resource: '*',
  Condition,
});
const REFUSED = { request: /encryption header aws:kms.*: s3:PutObject on /, expected: 'allowed', subject };

holdsFor(ID, { 'the quick start': quickStart, 'every option': everyOptionInput(), 'keys of S3': s3ManagedInput() });
isNotProvenWhereUnread(ID, quickStart);
isViolatedWhere(ID, [
  [
    'a bucket policy that refuses the header',
    withBucket(
      quickStart,
      adding({ ...deny({ Null: { 's3:x-amz-server-side-encryption': 'false' } }), Principal: '*' }),
    ),
    { ...REFUSED, decision: /^denied by statement Extra of the bucket policy/ },
  ],
  [
    'a role that may not name the key',
    withRole(quickStart, adding(deny({ Null: { 's3:x-amz-server-side-encryption-aws-kms-key-id': 'false' } }))),
    { ...REFUSED, decision: /^denied by statement Extra of the identity policy/ },
  ],
]);
