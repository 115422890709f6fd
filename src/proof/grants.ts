import type { Authorizer } from './authorizers';
import { CandidateRequest, valueIn } from './candidate-request';
import type { CounterexampleSearch } from './counterexample-search';
import { ACCESS_POINT, ACL } from './declared-constants';
import { identity } from './principals';
import type { BucketInput, GrantInput } from './proof-input';
import type { RequestSpace } from './request-space';
import { objectsIn } from '../iam';

/** Actions on a bucket that a prefix limits. */
const LISTING: ReadonlySet<string> = new Set(['s3:ListBucket', 's3:ListBucketVersions']);

/** Whether the access list grants the request of a candidate. */
export function isDeclared(grants: readonly GrantInput[], bucket: BucketInput, candidate: CandidateRequest): boolean {
  const says = (key: string, value: string | undefined) => value === undefined || valueIn(candidate, key) === value;
  return grants.some(
    grant =>
      grant.actions.includes(candidate.action) &&
      says(ACCESS_POINT, grant.accessPointArn) &&
      says(ACL, grant.acl) &&
      (candidate.target.arn === bucket.arn
        ? isListed(grant, candidate)
        : isIn(grant, candidate.target.arn.slice(objectsIn(bucket.arn).length))),
  );
}

/** Lists are by a prefix, if the grant is; other actions on a bucket know none. */
function isListed({ key, prefix = '' }: GrantInput, candidate: CandidateRequest): boolean {
  const listed = valueIn(candidate, 's3:prefix');
  return (
    !LISTING.has(candidate.action) ||
    (key === undefined ? prefix === '' || (typeof listed === 'string' && listed.startsWith(prefix)) : listed === key)
  );
}

function isIn({ key, prefix = '' }: GrantInput, object: string): boolean {
  return key === undefined ? object.startsWith(prefix) : object === key;
}

/**
 * Whether a policy lets the workload through and not just any role of the account: then it names the workload, and
 * what it allows is part of the access list.
 *
 * @param authorizer the policy, while everything else would let everybody through
 */
export function isSpecific(
  search: CounterexampleSearch,
  space: RequestSpace,
  candidate: CandidateRequest,
  authorizer: Authorizer,
): boolean {
  if (!search.allows(candidate, authorizer)) {
    return false;
  }
  const { partition, account } = space.input;
  const another = identity('another role', `arn:${partition}:iam::${account}:role/NotTheWorkload`);
  return !search.allows(
    {
      ...candidate,
      classes: candidate.classes.map(requestClass => (requestClass.principal === undefined ? requestClass : another)),
    },
    authorizer,
  );
}
