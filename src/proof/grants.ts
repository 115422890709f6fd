import type { Authorizer } from './authorizers';
import { CandidateRequest, valueIn } from './candidate-request';
import type { CounterexampleSearch } from './counterexample-search';
import { ACCESS_POINT } from './declared-constants';
import { identity } from './principals';
import type { BucketInput, GrantInput } from './proof-input';
import type { RequestSpace } from './request-space';
import { objectsIn } from '../iam';

/** Actions on a bucket that a prefix limits. */
const LISTING: ReadonlySet<string> = new Set(['s3:ListBucket', 's3:ListBucketVersions']);

/** Whether the access list grants the request of a candidate. */
export function isDeclared(grants: readonly GrantInput[], bucket: BucketInput, candidate: CandidateRequest): boolean {
  return grants.some(({ accessPointArn, actions, prefix = '', key }) => {
    if (!actions.includes(candidate.action)) {
      return false;
    }
    if (accessPointArn !== undefined && valueIn(candidate, ACCESS_POINT) !== accessPointArn) {
      return false;
    }
    if (key !== undefined) {
      return candidate.target.arn === `${bucket.arn}/${key}`;
    }
    if (candidate.target.arn !== bucket.arn) {
      return candidate.target.arn.startsWith(`${objectsIn(bucket.arn)}${prefix}`);
    }
    const listed = valueIn(candidate, 's3:prefix');
    return prefix === '' || !LISTING.has(candidate.action) || (typeof listed === 'string' && listed.startsWith(prefix));
  });
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
