import { isViolatedWhere } from '../../results';
import { changing } from '../../sabotage';
import { condition, guarded, isAboutGuardrails, OPEN } from '../../under-guardrails';

const ID = 'guarded[networks]';

isAboutGuardrails(
  ID,
  { ...guarded(), resourceControlPolicies: [] },
  'no guardrail looks at aws:VpceOrgID or aws:SourceVpc or aws:SourceVpce',
);
isViolatedWhere(ID, [
  [
    'the internet',
    guarded({
      rcps: [
        condition('DenyObjectsOutsideNetworks', ({ StringNotEqualsIfExists, ...rest }) => ({
          ...rest,
          Null: { 'aws:VpceOrgID': 'false' },
          StringNotEquals: StringNotEqualsIfExists,
        })),
      ],
    }),
    { ...OPEN, request: /from the internet/ },
    [ID],
  ],
  [
    'uploads from the internet',
    guarded({ rcps: [changing('DenyObjectsOutsideNetworks', () => ({ Action: 's3:Get*' }))] }),
    { ...OPEN, request: /from the internet.*: s3:(?!Get)\w+ on / },
  ],
]);
