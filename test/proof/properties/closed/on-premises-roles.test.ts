import type { StatementJson } from '../../../../src/iam';
import type { ProofInput } from '../../../../src/proof';
import { everyOptionInput, quickStartInput } from '../../inputs';
import { doesNotApplyTo, holdsFor, isNotProvenWhereUnread, isViolatedWhere } from '../../results';
import { adding, withEndpoint } from '../../sabotage';

const ID = 'closed[on-premises-roles]';
const ROLE = 'arn:aws:iam::111122223333:role/Scanner';
const quickStart = quickStartInput();
const [{ arn }] = quickStart.buckets;

/** A role of another network that may upload scans, and what the endpoint lets it do. */
function scanner(more: Partial<StatementJson>): ProofInput {
  return {
    ...withEndpoint(
      quickStart,
      adding({
        Sid: 'Scans',
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:PutObject',
        Resource: `${arn}/scans/*`,
        Condition: { ArnEquals: { 'aws:PrincipalArn': ROLE } },
        ...more,
      }),
    ),
    onPremisesRoles: [
      { roleArn: ROLE, arn, hasPerimeter: true, grants: [{ actions: ['s3:PutObject'], prefix: 'scans/' }] },
    ],
  };
}

const OPEN = {
  decision: /statement Scans of the endpoint policy/,
  expected: 'denied',
  subject: quickStart.endpoints[0].id,
};

holdsFor(ID, { 'what is granted': scanner({}) });
doesNotApplyTo(
  ID,
  { 'the quick start': quickStart, 'every option': everyOptionInput() },
  'no role of another network is granted anything',
);
isNotProvenWhereUnread(ID, scanner({}));
isViolatedWhere(ID, [
  ['another action', scanner({ Action: ['s3:PutObject', 's3:GetObject'] }), { ...OPEN, request: /: s3:GetObject on / }],
  ['a wider prefix', scanner({ Resource: `${arn}/*` }), { ...OPEN, request: /role\/Scanner, .*: s3:PutObject on / }],
  [
    'the bucket itself',
    scanner({ Action: ['s3:PutObject', 's3:GetBucketPolicy'], Resource: [`${arn}/scans/*`, arn] }),
    { ...OPEN, request: /: s3:GetBucketPolicy on / },
  ],
]);
