import type { StatementJson } from '../../../../src/iam';
import { everyOptionInput, quickStartInput } from '../../inputs';
import { doesNotApplyTo, holdsFor, isNotProvenWhereUnread, isViolatedWhere, resultOf } from '../../results';
import { adding, changing, withBucket } from '../../sabotage';

const ID = 'closed[exemptions]';
const everyOption = everyOptionInput();
const [{ arn: subject }] = everyOption.buckets;
const DEPLOYER = 'arn:aws:iam::111122223333:role/deploy/Deployer';
const spared = ({ Condition }: StatementJson, length: number) =>
  [Condition?.ArnNotLike['aws:PrincipalArn']].flat().slice(0, length).map(String);

holdsFor(ID, { 'every option': everyOption });
doesNotApplyTo(ID, { 'the quick start': quickStartInput() }, 'nobody is exempt');
isNotProvenWhereUnread(ID, everyOption);
isViolatedWhere(ID, [
  [
    'half an exemption',
    withBucket(
      everyOption,
      changing('DenyObjectsToOthers', statement => ({
        Condition: { ArnNotLike: { 'aws:PrincipalArn': spared(statement, 2) } },
      })),
    ),
    {
      request: /^the exempt principal arn:aws:iam::111122223333:role\/deploy\/Deployer/,
      decision: /^denied by statement DenyObjectsToOthers of the bucket policy/,
      expected: 'not denied',
      subject,
    },
    [ID],
  ],
  [
    'a Deny of lists that spares nobody',
    withBucket(
      everyOption,
      adding({
        Sid: 'Extra',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:ListBucketVersions',
        Resource: '*',
        Condition: { ArnNotLike: { 'aws:PrincipalArn': everyOption.role.arn } },
      }),
    ),
    {
      request: /^the exempt principal .*: s3:ListBucketVersions on /,
      decision: /^denied by statement Extra of the bucket policy/,
      expected: 'not denied',
      subject,
    },
  ],
]);

test('is assumed where the organization boundary keeps out who is exempt', () => {
  const input = { ...everyOption, organization: { unitPaths: [], accounts: ['444455556666'] } };
  expect(resultOf(input, ID).assumptions).toContainEqual(
    expect.stringMatching(new RegExp(`^${DEPLOYER} needs no access: it is exempt, but its account is none of those`)),
  );
});
