import { listedInput } from '../../inputs';
import { doesNotApplyTo, holdsFor, isNotProvenWhereUnread, isViolatedWhere, resultOf } from '../../results';
import { FULL_ACCESS } from '../../sabotage';
import { condition, denying, guarded } from '../../under-guardrails';

const ID = 'guarded[exemptions]';
const listed = listedInput();
const OPEN = { decision: /^no statement denies it/, expected: 'denied', subject: listed.name };

holdsFor(ID, { 'all guardrails of the library': guarded() });
doesNotApplyTo(ID, { 'a workload without guardrails': listed }, 'the assembly has no guardrails of the organization');
isNotProvenWhereUnread(ID, guarded());

test('is assumed where no guardrail says who makes roles', () => {
  const sparing = denying('NoNat', 'ec2:CreateNatGateway', {
    Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/Network*' } },
  });
  const serviceControlPolicies = [[FULL_ACCESS, { Version: '2012-10-17', Statement: [sparing] }]];
  expect(resultOf({ ...listed, serviceControlPolicies }, ID)).toMatchObject({
    outcome: 'holds, assuming',
    assumptions: ['nobody but who deploys makes a role called arn:aws:iam::*:role/Network*, which guardrails spare'],
  });
});

isViolatedWhere(ID, [
  [
    'roles that anybody can make',
    guarded({
      scps: [condition('ProtectDeploymentRoles', () => ({ StringEquals: { 'aws:PrincipalTag/team': 'never' } }))],
    }),
    { ...OPEN, request: /^role Admin of the account, .*: iam:CreateRole on .*, which statement \w+ spares$/ },
    [ID],
  ],
  [
    'a pattern for exemptions',
    guarded({
      scps: [
        condition('DenyNatGateways', () => ({ ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/Network*' } })),
      ],
    }),
    {
      ...OPEN,
      request: new RegExp(
        '^role Admin of the account, .*: iam:CreateRole on arn:aws:iam::111122223333:role/Networkw, ' +
          'which statement DenyNatGateways spares$',
      ),
    },
    [ID],
  ],
]);
