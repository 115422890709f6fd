import {
  Asked,
  inEachBucket,
  isAllowedAtAnotherTime,
  isAllowedOtherwise,
  isListed,
  onTarget,
  throughEndpoint,
} from './granted';
import { assumeLetIn, ways } from './ways';
import { ACCOUNT_ACTIONS, actionsOn } from '../../../iam';
import { isSpecific } from '../../grants';
import type { BucketInput } from '../../proof-input';
import { about, counterexample, Finding, first, inPolicies, Property, PropertyCheck } from '../../property-check';

/**
 * What the access list would be is read off the policies of the role: the others have to let that through. They may
 * allow more, since all of them have to allow a request; but a bucket that lets the role in by itself does so around
 * the role's policies, unless the endpoint names it for that, too.
 */
export const agreement: Property = {
  id: 'works[agreement]',
  decide: check => {
    assumeLetIn(check);
    const { space } = check;
    const unlisted = space.input.buckets.filter(bucket => !isListed(bucket));
    return [
      ...inEachBucket(check, unlisted, asked => disagreement(check, asked)),
      ...about(space.input.role.arn, besideBuckets(check)),
    ];
  },
};

/** Other buckets of the account, and what is about none. */
function besideBuckets(check: PropertyCheck): Finding {
  const { space } = check;
  const find = (asked: Asked<undefined>) => disagreement(check, asked);
  return first(
    ways(space),
    way =>
      first(space.neighbours(), target => onTarget(space, target, actionsOn(target.arn), way, undefined, find)) ??
      onTarget(space, space.everything(), ACCOUNT_ACTIONS, way, undefined, find),
  );
}

function disagreement(check: PropertyCheck, asked: Asked<BucketInput | undefined>): Finding {
  const { space, search } = check;
  const { candidate, bucket } = asked;
  const { account } = candidate.target;
  const authorizer = space.authorizers.workload(bucket, account);
  const decision = search.decide(candidate, authorizer);
  const isGranted = decision.verdict === 'Allowed';
  const ofRole = search.decide(candidate, space.authorizers.role(account));
  const byRole = ofRole.verdict === 'Allowed';
  if (isGranted) {
    const isNamed = byRole || isSpecific(search, space, candidate, throughEndpoint(space, account));
    return isNamed ? undefined : counterexample(check, { candidate, decision }, 'denied');
  }
  const isMissed = byRole && !isAllowedOtherwise(check, asked, authorizer, true);
  if (!isMissed && !isAllowedAtAnotherTime(check, asked, authorizer)) {
    return undefined;
  }
  // either the others let too little through, or the role allows too much
  const found = counterexample(check, { candidate, decision }, 'allowed');
  return { ...found, decidedBy: [...(byRole ? inPolicies(ofRole) : []), ...inPolicies(decision)] };
}
