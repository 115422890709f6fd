import { listedInput } from '../../inputs';
import { doesNotApplyTo, holdsFor, isNotProvenWhereUnread, isViolatedWhere } from '../../results';
import { changing } from '../../sabotage';
import { condition, guarded } from '../../under-guardrails';

const ID = 'guarded[deputies]';
const listed = listedInput();
const OPEN = { decision: /^no statement denies it/, expected: 'denied', subject: listed.name };

holdsFor(ID, { 'all guardrails of the library': guarded() });
doesNotApplyTo(ID, { 'a workload without guardrails': listed }, 'the assembly has no guardrails of the organization');
doesNotApplyTo(
  ID,
  { 'guardrails on something else': { ...guarded(), resourceControlPolicies: [] } },
  'no guardrail looks at aws:SourceOrgID',
);
isNotProvenWhereUnread(ID, guarded());
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
