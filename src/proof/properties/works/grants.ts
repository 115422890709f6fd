import { inEachBucket, isAllowedOtherwise, isListed, withoutAccessList } from './granted';
import { isPlanned } from './planned';
import { assumeLetIn } from './ways';
import { isDeclared } from '../../grants';
import { counterexample, Property } from '../../property-check';

/** A condition that the endpoint's policy leaves to the role's, such as a prefix, keeps nothing from getting through. */
export const grants: Property = {
  id: 'works[grants]',
  inapplicable: withoutAccessList,
  decide: check => {
    assumeLetIn(check);
    const { space, search } = check;
    return inEachBucket(check, space.input.buckets.filter(isListed), asked => {
      const { candidate, bucket } = asked;
      if (!isDeclared(bucket.declared, bucket, candidate)) {
        return undefined;
      }
      const authorizer = space.authorizers.workload(bucket, candidate.target.account);
      const decision = search.decide(candidate, authorizer);
      const isAllowed = (each: typeof candidate) => search.allows(each, authorizer);
      return decision.verdict === 'Allowed' ||
        isAllowedOtherwise(check, asked, authorizer, true) ||
        isPlanned(check, { candidate, decision }, asked.candidates, isAllowed)
        ? undefined
        : counterexample(check, { candidate, decision }, 'allowed');
    });
  },
};
