import { everyOptionInput, quickStartInput, s3ManagedInput } from '../../inputs';
import { doesNotApplyTo, holdsFor, isNotProvenWhereUnread, isViolatedWhere, resultOf } from '../../results';
import { adding, withKey, without, withRole } from '../../sabotage';
import { denying, guarded } from '../../under-guardrails';

const ID = 'works[keys]';
const quickStart = quickStartInput();
const [{ arn: subject }] = quickStart.keys;
const REFUSED = { expected: 'allowed', subject };

holdsFor(ID, { 'the quick start': quickStart, 'every option': everyOptionInput() });
doesNotApplyTo(ID, { 'keys of S3': s3ManagedInput() }, 'no data bucket has a customer-managed key');
isNotProvenWhereUnread(ID, quickStart);

test('is assumed of a key that is not in the assembly', () => {
  const keys = quickStart.keys.map(each => ({ ...each, policy: 'unknown' as const }));
  expect(resultOf({ ...quickStart, keys }, ID)).toMatchObject({
    outcome: 'holds, assuming',
    assumptions: [`the policy of ${subject} lets the workload use the key through S3`],
  });
});

isViolatedWhere(ID, [
  [
    'a key that cannot decrypt',
    withKey(quickStart, without('DecryptThroughS3')),
    { ...REFUSED, request: /: kms:Decrypt on /, decision: /^no statement of the key policy/ },
    [ID],
  ],
  [
    'a role that may encrypt nothing',
    withRole(quickStart, adding({ Sid: 'Extra', Effect: 'Deny', Action: 'kms:GenerateDataKey', Resource: '*' })),
    {
      ...REFUSED,
      request: /^the role of the workload, by s3\.us-east-1\.amazonaws\.com.*: kms:GenerateDataKey on /,
      decision: /^denied by statement Extra of the identity policy/,
    },
  ],
  [
    'the use of its key',
    guarded({ rcps: [adding(denying('NoKeys', 'kms:Decrypt', { Principal: '*' }))] }),
    {
      ...REFUSED,
      request: /: kms:Decrypt on /,
      decision: /^denied by statement NoKeys of the resource control policy/,
    },
    [ID],
  ],
]);
