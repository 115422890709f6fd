import { everyOptionInput, quickStartInput } from '../../inputs';
import { doesNotApplyTo, holdsFor, isNotProvenWhereUnread, isViolatedWhere } from '../../results';
import { changing, without, withRole } from '../../sabotage';

const ID = 'works[service-calls]';
const quickStart = quickStartInput();
const HIT = {
  request: /by athena\.amazonaws\.com on behalf of the caller/,
  expected: 'not denied',
  subject: quickStart.role.arn,
};
const hitting = (sid: string) =>
  withRole(
    quickStart,
    changing(sid, ({ Condition }) => ({ Condition: { StringNotEquals: Condition?.StringNotEquals ?? {} } })),
  );

holdsFor(ID, { 'the quick start': quickStart, 'every option': everyOptionInput() });
doesNotApplyTo(
  ID,
  { 'a role without': withRole(quickStart, without('DenyCredentialsOutsideVpc', 'DenyCredentialsOutsideInstance')) },
  'no Deny of the role binds its credentials',
);
isNotProvenWhereUnread(ID, quickStart);
isViolatedWhere(ID, [
  [
    'a binding that hits services',
    hitting('DenyCredentialsOutsideVpc'),
    { ...HIT, decision: /^denied by statement DenyCredentialsOutsideVpc of the identity policy/ },
    [ID],
  ],
  [
    'a binding to the address that hits services',
    hitting('DenyCredentialsOutsideInstance'),
    { ...HIT, decision: /^denied by statement DenyCredentialsOutsideInstance of the identity policy/ },
  ],
]);
