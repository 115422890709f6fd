import { asList } from '../../../../src/iam';
import { everyOptionInput, LAKES, quickStartInput } from '../../inputs';
import { doesNotApplyTo, holdsFor, isNotProvenWhereUnread, isViolatedWhere, resultOf } from '../../results';
import { adding, changing, Edit, withAccessPoint, without } from '../../sabotage';

const ID = 'closed[access-point-to-others]';
const [, { arn: subject }] = LAKES.ofAnotherAccount.buckets;
const [, { arn: own }] = LAKES.own.buckets;

/** An Allow of the account's administrator, which the Denies of the access point take back. */
const toAdmin = adding({
  Sid: 'All',
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::111122223333:role/Admin' },
  Action: 's3:*',
  Resource: `${own}/object/*`,
});
const toAdminAlone: Edit = statements =>
  without('DenyObjectsToOthers', 'DenyObjectsOutsideEndpoint')(toAdmin(statements));

holdsFor(ID, { ...LAKES, 'an Allow that the Denies take back': withAccessPoint(LAKES.own, toAdmin) });
doesNotApplyTo(
  ID,
  { 'the quick start': quickStartInput(), 'every option': everyOptionInput() },
  'the workload has no access point',
);
isNotProvenWhereUnread(ID, LAKES.own);

test('is assumed of an access point that is not in the assembly', () => {
  const buckets = LAKES.own.buckets.map(each => ({ ...each, policy: 'unknown' as const }));
  expect(resultOf({ ...LAKES.own, buckets }, ID)).toMatchObject({
    outcome: 'holds, assuming',
    assumptions: [`the policy of ${own} keeps everybody else out`],
  });
});

isViolatedWhere(ID, [
  [
    'no Deny keeps the administrators of the other account out',
    withAccessPoint(LAKES.ofAnotherAccount, without('DenyObjectsToOthers')),
    { request: /444455556666/, decision: /^no statement denies it/, expected: 'denied', subject },
  ],
  [
    'an Allow, and no Deny that takes it back',
    withAccessPoint(LAKES.own, toAdminAlone),
    {
      request: /^role Admin of the account, /,
      decision: /^no statement denies it|All/,
      expected: 'denied',
      subject: own,
    },
  ],
]);

test("a role of another app that shares the access point is its owner's word", () => {
  const role = 'arn:aws:iam::777788889999:role/Batch';
  const sharing = changing('DenyObjectsToOthers', ({ Condition }) => ({
    Condition: {
      ArnNotEquals: { 'aws:PrincipalArn': [...asList(Condition?.ArnNotEquals?.['aws:PrincipalArn']), role] },
    },
  }));
  const reads = adding({
    Sid: 'ReadObjects2',
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::777788889999:root' },
    Action: 's3:GetObject',
    Resource: `${subject}/object/*`,
    Condition: { ArnEquals: { 'aws:PrincipalArn': role } },
  });
  const shared = withAccessPoint(LAKES.ofAnotherAccount, statements => reads(sharing(statements)));
  expect(resultOf(shared, ID)).toMatchObject({
    counterexamples: [],
    assumptions: [`${subject} is for ${role}, too`],
  });
});
