import { EVERY_OPTION_ACCESS, everyOptionInput, quickStartInput, withAccessList } from '../../inputs';
import { holdsFor, isNotProvenWhereUnread, isViolatedWhere } from '../../results';
import { withEndpoint, without, withRole } from '../../sabotage';

const ID = 'works[aws-owned-buckets]';
const listed = withAccessList(everyOptionInput(), EVERY_OPTION_ACCESS);
const REFUSED = { expected: 'allowed', subject: listed.role.arn };

holdsFor(ID, { 'the quick start': quickStartInput(), 'every option': everyOptionInput(), 'its access list': listed });
isNotProvenWhereUnread(ID, listed);
isViolatedWhere(ID, [
  [
    'a bucket of AWS that is not readable',
    withEndpoint(listed, without('ReadAmazonLinux2023Repositories')),
    {
      ...REFUSED,
      request: /^anybody, unsigned, .*: s3:GetObject on arn:aws:s3:::al2023-/,
      decision: /^no statement of the endpoint policy allows it/,
    },
    [ID],
  ],
  [
    'a bucket of AWS that the role may not read',
    withRole(listed, without('ReadAwsOwnedBuckets')),
    {
      ...REFUSED,
      request: /^the role of the workload, .*: s3:GetObject on /,
      decision: /^no statement of the identity policy/,
    },
  ],
  [
    'a bucket of AWS that the role may read, and the endpoint not',
    withEndpoint(everyOptionInput(), without('ReadSsmAgent')),
    {
      ...REFUSED,
      request: /^the role of the workload, .*: s3:GetObject on /,
      decision: /^no statement of the endpoint policy allows it/,
    },
  ],
]);
