import { everyOptionInput, quickStartInput } from '../../inputs';
import { doesNotApplyTo, holdsFor, isNotProvenWhereUnread, isViolatedWhere } from '../../results';
import { withBucket, without } from '../../sabotage';

const ID = 'closed[outside-organization]';
const everyOption = everyOptionInput();
const [{ arn: subject }] = everyOption.buckets;
const OPEN = { decision: /^no statement denies it/, expected: 'denied', subject };

holdsFor(ID, { 'every option': everyOption });
doesNotApplyTo(
  ID,
  { 'the quick start': quickStartInput() },
  'no policy names an organization, a unit or the accounts of principals',
);
isNotProvenWhereUnread(ID, everyOption);
isViolatedWhere(ID, [
  [
    'no organization in one bucket',
    withBucket(everyOption, without('DenyOutsideOrganization')),
    { ...OPEN, request: /of another organization/ },
    [ID],
  ],
  [
    'no unit in one bucket',
    {
      ...everyOption,
      buckets: [
        withBucket(everyOption, without('DenyOutsideOrganizationalUnits')).buckets[0],
        ...everyOption.buckets.slice(1),
      ],
    },
    { ...OPEN, request: /of another organization or unit/ },
    [ID],
  ],
]);
