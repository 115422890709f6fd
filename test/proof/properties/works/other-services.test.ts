import type { PolicyJson, StatementJson } from '../../../../src/iam';
import type { ProofInput } from '../../../../src/proof';
import { everyOptionInput, quickStartInput } from '../../inputs';
import { doesNotApplyTo, holdsFor, isNotProvenWhereUnread, isViolatedWhere } from '../../results';
import { adding, withRole } from '../../sabotage';

const ID = 'works[other-services]';
const quickStart = quickStartInput();
const policyOf = (Action: string): PolicyJson => ({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'Queue',
      Effect: 'Allow',
      Principal: '*',
      Action,
      Resource: '*',
      Condition: { ArnEquals: { 'aws:PrincipalArn': quickStart.role.arn } },
    },
  ],
});

/** A workload that uses a queue, with an endpoint for that. */
function queueing(ofRole: string, ofEndpoint: string, isShared = false): ProofInput {
  const statement: StatementJson = { Sid: 'Extra', Effect: 'Allow', Action: ofRole, Resource: '*' };
  return {
    ...withRole(quickStart, adding(statement)),
    otherEndpoints: [{ id: 'vpce-sqs', service: 'sqs', policy: policyOf(ofEndpoint), isShared }],
  };
}

const REFUSED = { expected: 'allowed', subject: 'vpce-sqs' };

holdsFor(ID, {
  'every option': everyOptionInput(),
  'an endpoint that lets through what the role may do': queueing('sqs:SendMessage', 'sqs:SendMessage'),
  'one of somebody else, which may let more through': queueing('sqs:SendMessage', 'sqs:*', true),
});
doesNotApplyTo(
  ID,
  { 'a workload without': { ...quickStart, otherEndpoints: [] } },
  'there is no endpoint of another service',
);
isNotProvenWhereUnread(ID, queueing('sqs:SendMessage', 'sqs:SendMessage'));
isViolatedWhere(ID, [
  [
    'less on the endpoint than in the role',
    queueing('sqs:SendMessage', 'sqs:ReceiveMessage', true),
    { ...REFUSED, request: /: sqs:SendMessage on /, decision: /^no statement of the endpoint policy/ },
  ],
  [
    'less in the role than on the endpoint',
    queueing('sqs:SendMessage', 'sqs:DeleteQueue'),
    { ...REFUSED, request: /: sqs:\w+ on /, decision: /^no statement of the \w+ policy/ },
  ],
]);
