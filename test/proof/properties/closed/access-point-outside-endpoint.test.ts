import { everyOptionInput, LAKES, quickStartInput } from '../../inputs';
import { doesNotApplyTo, holdsFor, isNotProvenWhereUnread, isViolatedWhere, resultOf } from '../../results';
import { Edit, withAccessPoint, without } from '../../sabotage';

const ID = 'closed[access-point-outside-endpoint]';
const [, { arn: subject }] = LAKES.ofAnotherAccount.buckets;
const [, { arn: own }] = LAKES.own.buckets;

/** Allows without the account of the endpoint. */
const open: Edit = statements =>
  statements.map(each =>
    each.Effect === 'Deny' || each.Sid === 'LocateDataBuckets'
      ? each
      : { ...each, Condition: { ...each.Condition, StringEquals: {} } },
  );

holdsFor(ID, LAKES);
doesNotApplyTo(
  ID,
  { 'the quick start': quickStartInput(), 'every option': everyOptionInput() },
  'the workload has no access point',
);
isNotProvenWhereUnread(ID, LAKES.own);

test('assumes that the account that a policy names has no other endpoint that leads there', () => {
  expect(resultOf(LAKES.ofAnotherAccount, ID).assumptions).toEqual([
    `account ${LAKES.ofAnotherAccount.account} has no other S3 endpoint that lets the workload through to ${subject}`,
  ]);
});

isViolatedWhere(ID, [
  [
    'in the same account, no Deny keeps the role to its endpoint',
    withAccessPoint(LAKES.own, without('DenyObjectsOutsideEndpoint')),
    {
      request: new RegExp(`^the role of the workload.*: s3:\\w+ on ${own}/object/`),
      decision: /^no statement denies it/,
      expected: 'denied',
      subject: own,
    },
  ],
  [
    'an Allow without the account of the endpoint, whatever the others say',
    withAccessPoint(LAKES.ofAnotherAccount, open),
    { request: /^the role of the workload, from the internet/, decision: /./, expected: 'denied', subject },
  ],
]);
