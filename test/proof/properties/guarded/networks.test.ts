import { listedInput } from '../../inputs';
import { doesNotApplyTo, holdsFor, isNotProvenWhereUnread, isViolatedWhere } from '../../results';
import { changing } from '../../sabotage';
import { condition, guarded } from '../../under-guardrails';

const ID = 'guarded[networks]';
const listed = listedInput();
const OPEN = { decision: /^no statement denies it/, expected: 'denied', subject: listed.name };

holdsFor(ID, { 'all guardrails of the library': guarded() });
doesNotApplyTo(ID, { 'a workload without guardrails': listed }, 'the assembly has no guardrails of the organization');
doesNotApplyTo(
  ID,
  { 'guardrails on something else': { ...guarded(), resourceControlPolicies: [] } },
  'no guardrail looks at aws:VpceOrgID or aws:SourceVpc or aws:SourceVpce',
);
isNotProvenWhereUnread(ID, guarded());
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
