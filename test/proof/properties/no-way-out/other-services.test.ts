import type { PolicyJson, StatementJson } from '../../../../src/iam';
import type { ProofInput, ServiceEndpointInput } from '../../../../src/proof/proof-input';
import { everyOptionInput, quickStartInput } from '../../inputs';
import { doesNotApplyTo, holdsFor, isNotProvenWhereUnread, isViolatedWhere, resultOf } from '../../results';

const ID = 'no-way-out[other-services]';
const ACCOUNT = quickStartInput().account;
const QUEUE = `arn:aws:sqs:eu-west-1:${ACCOUNT}:queue`;

const allow = (more: Partial<StatementJson> = {}): PolicyJson => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:*', Resource: '*', ...more } as StatementJson],
});

function withEndpoint(
  policy: PolicyJson,
  role: Partial<StatementJson> = {},
  more: Partial<ServiceEndpointInput> = {},
): ProofInput {
  const input = quickStartInput();
  const { Principal: _, ...statement } = allow({ Action: 'sqs:SendMessage', Resource: QUEUE, ...role }).Statement[
    0 as never
  ] as StatementJson;
  const ofRole: PolicyJson = { Version: '2012-10-17', Statement: [statement] };
  return {
    ...input,
    role: { ...input.role, policies: [...input.role.policies, ofRole] },
    otherEndpoints: [{ id: 'vpce-sqs', service: 'sqs', policy, isShared: true, ...more }],
  };
}

const OURS = { StringEquals: { 'aws:PrincipalAccount': ACCOUNT } };
const TO_OURS = { StringEquals: { 'aws:ResourceAccount': ACCOUNT } };

test.each<[string, PolicyJson, Partial<StatementJson>, 'holds' | 'violated']>([
  ['everything for everybody', allow(), {}, 'violated'],
  ['everything for our account, and a role for one queue', allow({ Condition: OURS }), {}, 'holds'],
  ['everything for our account, and a role for every queue', allow({ Condition: OURS }), { Resource: '*' }, 'violated'],
  ['the same, by a pattern', allow({ Condition: OURS }), { Resource: 'arn:aws:sqs:*:*:*' }, 'violated'],
  [
    'limited on both sides',
    allow({ Condition: { StringEquals: { ...OURS.StringEquals, ...TO_OURS.StringEquals } } }),
    { Resource: '*' },
    'holds',
  ],
  ['what is ours for everybody', allow({ Condition: TO_OURS }), { Resource: '*' }, 'holds'],
  ['one queue for everybody', allow({ Resource: QUEUE }), { Resource: '*' }, 'holds'],
  ['queues of any account for everybody', allow({ Resource: 'arn:aws:sqs:eu-west-1:*:queue' }), {}, 'violated'],
])('%s: %s', (_, policy, role, outcome) => {
  expect(resultOf(withEndpoint(policy, role), ID).outcome).toBe(outcome);
});

test('a service without policies of resources has nothing of strangers', () => {
  const role = { Action: 'ssmmessages:*', Resource: '*' };
  const policy = allow({ Action: 'ssmmessages:*', Condition: OURS });
  expect(resultOf(withEndpoint(policy, role, { service: 'ssmmessages' }), ID).outcome).toBe('holds');
});

test('endpoints of a VPC that is not in the assembly are named', () => {
  expect(resultOf({ ...quickStartInput(), unseenEndpoints: 'vpc-0abc' }, ID)).toMatchObject({
    outcome: 'holds, assuming',
    assumptions: ['other endpoints of the VPC vpc-0abc take no data to strangers'],
  });
});

test('who offers an endpoint service is named', () => {
  const endpointsOfOthers = [{ id: 'Training/Wire', service: 'com.amazonaws.vpce.eu-west-1.vpce-svc-0abc' }];
  expect(resultOf({ ...quickStartInput(), endpointsOfOthers }, ID)).toMatchObject({
    outcome: 'holds, assuming',
    assumptions: [
      'who offers the endpoint service com.amazonaws.vpce.eu-west-1.vpce-svc-0abc behind Training/Wire may have it',
    ],
  });
});

holdsFor(ID, { 'every option': everyOptionInput() });
doesNotApplyTo(
  ID,
  { 'a workload without': { ...quickStartInput(), otherEndpoints: [] } },
  'there is no endpoint of another service',
);
isNotProvenWhereUnread(ID, everyOptionInput());
isViolatedWhere(ID, [
  [
    'everything for everybody',
    withEndpoint(allow()),
    {
      request: /999900001111.*: sqs:Any on the service sqs through vpce-sqs/,
      decision: /of the endpoint policy/,
      expected: 'denied',
      subject: 'vpce-sqs',
    },
  ],
  [
    "the workload's own credentials for queues of strangers",
    withEndpoint(allow({ Condition: OURS }), { Resource: '*' }),
    {
      request: /^the role of the workload, .*: sqs:\w+ on a stranger's part of the service sqs through vpce-sqs/,
      decision: /^allowed by /,
      expected: 'denied',
      subject: 'vpce-sqs',
    },
  ],
]);
