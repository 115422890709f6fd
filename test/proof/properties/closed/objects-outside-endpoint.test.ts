import type { PolicyJson } from '../../../../src/iam';
import { everyOptionInput, quickStartInput } from '../../inputs';
import { broken, holdsFor, isNotProvenWhereUnread, isViolatedWhere, resultOf } from '../../results';
import { changing, withBucket, without } from '../../sabotage';

const ID = 'closed[objects-outside-endpoint]';
const quickStart = quickStartInput();
const everyOption = everyOptionInput();
const OPEN = { decision: /^no statement denies it/, expected: 'denied' };
const open = withBucket(quickStart, without('DenyObjectsOutsideEndpoint'));

holdsFor(ID, { 'the quick start': quickStart, 'every option': everyOption });
isNotProvenWhereUnread(ID, quickStart);

test('is assumed of a bucket whose policy is not in the assembly', () => {
  expect(resultOf(everyOption, ID).assumptions).toContain(
    'the policy of arn:aws:s3:::example-log-archive keeps everybody else out',
  );
});

isViolatedWhere(ID, [
  [
    'no network Deny',
    open,
    { ...OPEN, request: /from the internet, over TLS 1\.3: s3:GetObject/, subject: quickStart.buckets[0].arn },
    [ID],
  ],
  [
    'an exemption for a family of roles',
    withBucket(
      everyOption,
      changing('DenyObjectsOutsideEndpoint', ({ Condition }) => ({
        Condition: { ...Condition, ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/*' } },
      })),
    ),
    { ...OPEN, request: /from the internet/, subject: everyOption.buckets[0].arn },
    [ID, 'no-dead-statement'],
  ],
]);

test('holds where a policy of the organization denies for a bucket policy that does not', () => {
  const guard = quickStart.buckets
    .flatMap(({ policy }) => (policy === 'unknown' || policy === undefined ? [] : [policy]))
    .map(({ Statement }): PolicyJson => ({
      Version: '2012-10-17',
      Statement: [Statement].flat().filter(({ Sid }) => Sid === 'DenyObjectsOutsideEndpoint'),
    }));
  expect(broken(open)).toEqual([ID]);
  expect(broken({ ...open, resourceControlPolicies: guard })).toEqual([]);
});
