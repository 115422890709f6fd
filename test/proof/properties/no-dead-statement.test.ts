import type { StatementJson } from '../../../src/iam';
import { everyOptionInput, quickStartInput } from '../inputs';
import { holdsFor, isNotProvenWhereUnread, isViolatedWhere, resultOf } from '../results';
import { adding, Edit, withEndpoint, withKey, without } from '../sabotage';

const ID = 'no-dead-statement';
const quickStart = quickStartInput();
const [, userData] = quickStart.buckets;

const read = {
  Effect: 'Allow',
  Principal: '*',
  Action: 's3:GetObject',
  Resource: `${userData.arn}/twice/*`,
} as const;
const conditioned: StatementJson = {
  ...read,
  Sid: 'Wide',
  Resource: `${userData.arn}/*`,
  Condition: {
    StringEquals: Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`aws:RequestTag/t${index}`, 'value'])),
  },
};
const twice: Edit = statements => [...statements, { ...read, Sid: 'Once' }, { ...read, Sid: 'Twice' }];
const DEAD = { decision: 'the same with the statement and without it', expected: 'a difference' };

holdsFor(ID, { 'the quick start': quickStart, 'every option': everyOptionInput() });
isNotProvenWhereUnread(ID, quickStart);
isViolatedWhere(ID, [
  [
    'a statement that is there twice',
    withEndpoint(quickStart, twice),
    {
      ...DEAD,
      request: /^any request that statement Once of the endpoint policy/,
      subject: quickStart.endpoints[0].id,
    },
  ],
  [
    'a Deny of grants where nothing allows any',
    withKey(quickStart, without('EncryptVolumesThroughEc2')),
    {
      ...DEAD,
      request: /^any request that statement DenyGrantsExceptForAwsResources of the key policy/,
      subject: quickStart.keys[0].arn,
    },
  ],
]);

test('is assumed where there are too many requests to try them all', () => {
  const { outcome, assumptions } = resultOf(
    withEndpoint(quickStart, statements => twice(adding(conditioned)(statements))),
    ID,
  );
  expect(outcome).toBe('holds, assuming');
  expect(assumptions).toContainEqual(
    expect.stringMatching(/^statement Once of the endpoint policy of vpce-.* changes a decision: 4000 requests/),
  );
});
