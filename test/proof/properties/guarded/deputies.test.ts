import { isViolatedWhere } from '../../results';
import { changing } from '../../sabotage';
import { condition, guarded, isAboutGuardrails, OPEN } from '../../under-guardrails';

const ID = 'guarded[deputies]';

isAboutGuardrails(ID, { ...guarded(), resourceControlPolicies: [] }, 'no guardrail looks at aws:SourceOrgID');
isViolatedWhere(ID, [
  [
    'deputies of no organization',
    guarded({
      rcps: [
        condition('DenyConfusedDeputies', ({ StringNotEqualsIfExists, ...rest }) => ({
          ...rest,
          Null: { 'aws:SourceOrgID': 'false' },
          StringNotEquals: StringNotEqualsIfExists,
        })),
      ],
    }),
    { ...OPEN, request: /^the service .*on behalf of account 999900001111: / },
    [ID],
  ],
  [
    'deputies that write',
    guarded({ rcps: [changing('DenyConfusedDeputies', () => ({ Action: ['kms:*', 's3:Get*', 's3:List*'] }))] }),
    { ...OPEN, request: /^the service .*: s3:(?!Get|List)\w+ on / },
  ],
]);
