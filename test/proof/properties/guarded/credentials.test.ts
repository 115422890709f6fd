import { listedInput } from '../../inputs';
import { doesNotApplyTo, holdsFor, isNotProvenWhereUnread, isViolatedWhere } from '../../results';
import { changing, FULL_ACCESS } from '../../sabotage';
import { condition, guarded } from '../../under-guardrails';

const ID = 'guarded[credentials]';
const listed = listedInput();
const OPEN = { decision: /^no statement denies it/, expected: 'denied', subject: listed.name };

holdsFor(ID, { 'all guardrails of the library': guarded() });
doesNotApplyTo(ID, { 'a workload without guardrails': listed }, 'the assembly has no guardrails of the organization');
doesNotApplyTo(
  ID,
  { 'guardrails on something else': { ...guarded(), serviceControlPolicies: [[FULL_ACCESS]] } },
  'no guardrail looks at aws:Ec2InstanceSourceVpc or ec2:SourceInstanceARN',
);
isNotProvenWhereUnread(ID, guarded());
isViolatedWhere(ID, [
  [
    'stolen credentials',
    guarded({
      scps: [
        condition('DenyEc2CredentialsOutsideVpc', ({ StringNotEquals, ...rest }) => ({
          ...rest,
          'ForAnyValue:StringNotEquals': StringNotEquals,
        })),
      ],
    }),
    {
      ...OPEN,
      request: /^the role of the workload, from the internet.*: ec2:DescribeInstances on the account$/,
    },
    [ID],
  ],
  [
    'stolen credentials, for another service',
    guarded({ scps: [changing('DenyEc2CredentialsOutsideVpc', () => ({ Action: ['ec2:*', 's3:*'] }))] }),
    { ...OPEN, request: /^the role of the workload, .*: ssm:GetParameter on the account$/ },
  ],
]);
