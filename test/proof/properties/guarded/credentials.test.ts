import { isViolatedWhere } from '../../results';
import { changing, FULL_ACCESS } from '../../sabotage';
import { condition, guarded, isAboutGuardrails, OPEN } from '../../under-guardrails';

const ID = 'guarded[credentials]';

isAboutGuardrails(
  ID,
  { ...guarded(), serviceControlPolicies: [[FULL_ACCESS]] },
  'no guardrail looks at aws:Ec2InstanceSourceVpc or ec2:SourceInstanceARN',
);
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
