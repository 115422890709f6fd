import { PolicyJson, StatementJson } from '../../../../src/iam';
import type { ProofInput } from '../../../../src/proof';
import { everyOptionInput, quickStartInput } from '../../inputs';
import { isNotProvenWhereUnread, resultOf } from '../../results';

const ID = 'works[no-escalation]';
const quickStart = quickStartInput();
const { arn } = quickStart.role;
const { account } = quickStart;
const KEY = quickStart.keys[0].arn;

function statement(Action: string | readonly string[], Resource: string | readonly string[] = '*'): StatementJson {
  return { Sid: 'More', Effect: 'Allow', Action: [Action].flat(), Resource: [Resource].flat() };
}

function withStatement(more: StatementJson, input: ProofInput = quickStart): ProofInput {
  const policy: PolicyJson = { Version: '2012-10-17', Statement: [more] };
  return { ...input, role: { ...input.role, policies: [...input.role.policies, policy] } };
}

const result = (more: StatementJson, input?: ProofInput) => resultOf(withStatement(more, input), ID);

test.each<[string, ProofInput]>([
  ['the quick start', quickStart],
  ['every option', everyOptionInput()],
])('%s holds', (_, input) => {
  expect(resultOf(input, ID)).toMatchObject({ outcome: 'holds', assumptions: [] });
});

isNotProvenWhereUnread(ID, quickStart);

test.each<[string, StatementJson, string]>([
  ['its own inline policies', statement('iam:PutRolePolicy', arn), 'iam:PutRolePolicy'],
  ['its trust', statement('iam:UpdateAssumeRolePolicy', `arn:aws:iam::${account}:role/*`), 'UpdateAssumeRolePolicy'],
  ['its boundary', statement('iam:Delete*', arn), 'DeleteRolePolicy'],
  ['its tags', statement('iam:TagRole', arn), 'iam:TagRole'],
  ['users with keys that do not expire', statement('iam:CreateAccessKey'), 'iam:CreateAccessKey'],
  ['itself, passed on', statement('iam:PassRole', arn), 'iam:PassRole'],
  ['any role, passed on', statement('iam:*'), 'iam:PutRolePolicy'],
  ['the policy of its key', statement('kms:PutKeyPolicy', KEY), 'kms:PutKeyPolicy'],
  ['whether its key works', statement('kms:DisableKey', KEY), 'kms:DisableKey'],
  ['how long its key lives', statement('kms:Schedule*'), 'kms:ScheduleKeyDeletion'],
  ['an access point', statement('s3:CreateAccessPoint'), 's3:CreateAccessPoint'],
  ['an access point in several Regions', statement('s3:*MultiRegion*'), 's3:CreateMultiRegionAccessPoint'],
  ['a grant', statement('s3:CreateAccessGrant', `arn:aws:s3:*:${account}:access-grants/*`), 's3:CreateAccessGrant'],
  ['which names resolve', statement('route53resolver:*'), 'route53resolver:DisassociateFirewallRuleGroup'],
  ['its endpoint', statement('ec2:ModifyVpcEndpoint'), 'ec2:ModifyVpcEndpoint'],
  ['its routes', statement('ec2:*Route', `arn:aws:ec2:*:${account}:route-table/*`), 'ec2:CreateRoute'],
  ['its groups', statement('ec2:AuthorizeSecurityGroup*'), 'ec2:AuthorizeSecurityGroupEgress'],
  ['the metadata service', statement('ec2:ModifyInstanceMetadataOptions'), 'ec2:ModifyInstanceMetadataOptions'],
  ['its stack', statement('cloudformation:*'), 'cloudformation:UpdateStack'],
  ['the guardrails', statement('organizations:DetachPolicy'), 'organizations:DetachPolicy'],
  [
    'everything but a few actions',
    { Sid: 'More', Effect: 'Allow', NotAction: ['s3:*', 'kms:*', 'ec2:*'], Resource: '*' },
    'iam:PutRolePolicy',
  ],
])('violated where the role may change %s', (_, more, action) => {
  const { outcome, counterexamples } = result(more);
  expect(outcome).toBe('violated');
  expect(counterexamples.map(({ request }) => request).join()).toContain(action);
  expect(counterexamples[0]).toMatchObject({ subject: arn, expected: 'denied' });
});

test.each<[string, StatementJson]>([
  ['the policies of another role', statement('iam:GetRolePolicy')],
  ['an action of another service', statement('sqs:SendMessage')],
  ['a look at the endpoints', statement('ec2:DescribeVpcEndpoints')],
  ['the instances of others', statement('ec2:ModifyInstanceAttribute', 'arn:aws:ec2:*:*:instance/i-0123456789abcdef0')],
  [
    'another role, passed to a service that cannot assume this one',
    {
      ...statement('iam:PassRole', arn),
      Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
    },
  ],
])('holds with %s', (_, more) => {
  expect(result(more).outcome).not.toBe('violated');
});

describe('what stops it', () => {
  const wide = statement('iam:*');

  test('is a boundary', () => {
    const boundary: PolicyJson = { Statement: [{ Effect: 'Allow', Action: ['s3:*', 'kms:*'], Resource: '*' }] };
    const input = { ...quickStart, role: { ...quickStart.role, boundary } };
    expect(result(wide, input)).toMatchObject({ outcome: 'holds', assumptions: [] });
  });

  test('is a service control policy', () => {
    const open: StatementJson = { Effect: 'Allow', Action: '*', Resource: '*' };
    const level = (...Statement: readonly StatementJson[]): readonly PolicyJson[] => [{ Statement }];
    const guarded = (Action: string) => ({
      ...quickStart,
      serviceControlPolicies: [level(open), level(open, { Effect: 'Deny', Action, Resource: '*' })],
    });
    expect(result(wide, guarded('iam:*')).outcome).toBe('holds');
    expect(result(wide, guarded('iam:Put*')).outcome).toBe('violated');
  });

  test('is nothing where one of its managed policies may be rewritten', () => {
    const policyArn = `arn:aws:iam::${account}:policy/AppPolicy`;
    const input = { ...quickStart, role: { ...quickStart.role, policyArns: [policyArn] } };
    expect(result(statement('iam:CreatePolicyVersion', policyArn), input).outcome).toBe('violated');
    expect(result(statement('iam:CreatePolicyVersion', `${policyArn}2`), input).outcome).toBe('holds, assuming');
  });
});

test('a stack is named by its id, too', () => {
  const stack = `arn:aws:cloudformation:us-east-1:${account}:stack/Training`;
  const input = { ...quickStart, perimeterArns: [`${stack}/id`] };
  const update = (id: string) => result(statement('cloudformation:UpdateStack', id), input).outcome;
  expect([update(`${stack}/<Training.AWS#StackId>`), update(`${stack}2/one`)]).toEqual(['violated', 'holds']);
});

test.each<[string, StatementJson, RegExp]>([
  [
    'other roles',
    statement('sts:AssumeRole', 'arn:aws:iam::444455556666:role/Reader'),
    /sts:AssumeRole on arn.*Reader/,
  ],
  ['any role', statement('sts:*'), /sts:AssumeRole on \*/],
  ['the role of somebody', statement('iam:PutRolePolicy', `arn:aws:iam::${account}:role/Other`), /role\/Other/],
  ['directory buckets', statement('s3express:*'), /directory buckets \(s3express:CreateSession/],
  ['table buckets', statement('s3tables:Get*'), /table buckets/],
  ['Outposts', statement('s3-outposts:GetObject'), /Outposts/],
  ['machines', statement('ssm:SendCommand'), /other machines/],
])('names that the role may use %s', (_, more, assumption) => {
  const { outcome, assumptions } = result(more);
  expect([outcome, assumptions.length]).toEqual(['holds, assuming', 1]);
  expect(assumptions[0]).toMatch(assumption);
});
