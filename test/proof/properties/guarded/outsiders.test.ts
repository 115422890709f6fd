import { isViolatedWhere } from '../../results';
import { changing } from '../../sabotage';
import { condition, guarded, isAboutGuardrails, OPEN } from '../../under-guardrails';

const ID = 'guarded[outsiders]';

isAboutGuardrails(ID, { ...guarded(), resourceControlPolicies: [] }, 'no guardrail looks at aws:PrincipalOrgID');
isViolatedWhere(ID, [
  [
    'anonymous requests',
    guarded({
      rcps: [condition('DenyOutsideOrganization', ({ BoolIfExists, ...rest }) => ({ ...rest, Bool: BoolIfExists }))],
    }),
    { ...OPEN, request: /^anybody, unsigned, .*: s3:\w+ on / },
    [ID],
  ],
  [
    'principals of no organization',
    guarded({
      rcps: [
        condition('DenyOutsideOrganization', ({ StringNotEqualsIfExists, ...rest }) => ({
          ...rest,
          'ForAnyValue:StringNotEquals': StringNotEqualsIfExists,
        })),
      ],
    }),
    { ...OPEN, request: /^anybody, unsigned, / },
    [ID],
  ],
  [
    'namesakes of a partner',
    guarded({
      rcps: [
        condition('DenyOutsideOrganization', rest => ({
          ...rest,
          ArnNotLikeIfExists: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/Partner' },
        })),
      ],
    }),
    { ...OPEN, request: /^arn:aws:iam::\d{12}:role\/Partner, / },
    [ID, 'guarded[exemptions]'],
  ],
  [
    'one action',
    guarded({ rcps: [changing('DenyOutsideOrganization', () => ({ Action: ['kms:*', 's3:Get*'] }))] }),
    { ...OPEN, request: /: s3:(?!Get)\w+ on / },
    [ID],
  ],
]);
