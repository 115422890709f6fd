import { EVERY_OPTION_ACCESS, everyOptionInput, listedInput, quickStartInput, withAccessList } from '../../inputs';
import { doesNotApplyTo, holdsFor, isNotProvenWhereUnread, isViolatedWhere } from '../../results';
import { changing, withEndpoint, withRole } from '../../sabotage';

const ID = 'works[nothing-else]';
const listed = listedInput();
const [datasets, userData] = listed.buckets;
const EXCESS = { expected: 'denied', subject: datasets.arn };

holdsFor(ID, {
  'the quick start': listed,
  'every option': withAccessList(everyOptionInput(), EVERY_OPTION_ACCESS),
});
doesNotApplyTo(
  ID,
  { 'a workload without an access list': quickStartInput() },
  'the assembly has no access list of this workload',
);
isNotProvenWhereUnread(ID, listed);
isViolatedWhere(ID, [
  [
    'more in the role than in the list, though the endpoint stops it',
    withRole(
      listed,
      changing('ReadWriteObjects', () => ({ Action: 's3:*' })),
    ),
    {
      request: /^the role of the workload, /,
      decision: /^allowed by statement ReadWriteObjects of the identity policy/,
      expected: 'denied',
      subject: userData.arn,
    },
    [ID],
  ],
  [
    'a wider prefix in the role',
    withRole(
      listed,
      changing('ReadObjects', () => ({ Resource: `${datasets.arn}/*` })),
    ),
    { ...EXCESS, request: `${datasets.arn}/any-object`, decision: /statement ReadObjects of the identity policy/ },
    [ID],
  ],
  [
    'more on the endpoint than in the list, though the role stops it',
    withEndpoint(
      listed,
      changing('ReadObjects', () => ({ Resource: `${datasets.arn}/*` })),
    ),
    { ...EXCESS, request: `${datasets.arn}/`, decision: /statement ReadObjects of the endpoint policy/ },
    [ID],
  ],
  [
    'lists of everything',
    withRole(
      listed,
      changing('ListDataBuckets', ({ Condition }) => ({
        Condition: { StringEquals: Condition?.StringEquals ?? {} },
      })),
    ),
    { ...EXCESS, request: /: s3:ListBucket on /, decision: /statement ListDataBuckets of the identity policy/ },
    [ID],
  ],
]);
