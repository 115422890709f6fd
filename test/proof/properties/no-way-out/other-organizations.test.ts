import { everyOptionInput, quickStartInput } from '../../inputs';
import { broken, doesNotApplyTo, holdsFor, isNotProvenWhereUnread, isViolatedWhere } from '../../results';
import { adding, changing, withEndpoint } from '../../sabotage';

const ID = 'no-way-out[other-organizations]';
const everyOption = everyOptionInput();
const [{ id: subject }] = everyOption.endpoints;
const [{ arn }] = everyOption.buckets;
const allowing = (Condition: Record<string, Record<string, string>>) =>
  withEndpoint(
    everyOption,
    adding({ Sid: 'Extra', Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `${arn}/*`, Condition }),
  );
const OPEN = { decision: /statement Extra of the endpoint policy/, expected: 'denied', subject };

holdsFor(ID, { 'every option': everyOption });
doesNotApplyTo(ID, { 'the quick start': quickStartInput() }, 'no endpoint policy names an organization');
isNotProvenWhereUnread(ID, everyOption);

test('holds for a statement without the organization, where the exact role and the account stay', () => {
  expect(
    broken(
      withEndpoint(
        everyOption,
        changing('ReadObjects', ({ Condition }) => ({
          Condition: { ...Condition, StringEquals: { 'aws:ResourceAccount': '111122223333' } },
        })),
      ),
    ),
  ).toEqual([]);
});

isViolatedWhere(ID, [
  [
    'a statement that names neither organization',
    allowing({}),
    { ...OPEN, request: /of another organization.*: s3:GetObject on / },
  ],
  [
    'a statement that names the organization of the principal alone',
    allowing({ StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }),
    { ...OPEN, request: /: s3:GetObject on .* of account 999900001111/ },
  ],
]);
