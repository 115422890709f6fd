import { Asked, DeclaredBucket, inEachBucket, isListed, throughEndpoint, withoutAccessList } from './granted';
import { isDeclared, isSpecific } from '../../grants';
import { counterexample, Finding, Property, PropertyCheck } from '../../property-check';

export const nothingElse: Property = {
  id: 'works[nothing-else]',
  inapplicable: withoutAccessList,
  decide: check =>
    inEachBucket(check, check.space.input.buckets.filter(isListed), asked =>
      isDeclared(asked.bucket.declared, asked.bucket, asked.candidate) ? undefined : excess(check, asked),
    ),
};

/** Even where another policy stops it. A prefix of lists is left to the role. */
function excess(check: PropertyCheck, { candidate, bucket }: Asked<DeclaredBucket>): Finding {
  const { space, search } = check;
  const byAll = space.authorizers.workload(bucket, candidate.target.account);
  const byRole = space.authorizers.role(bucket.account);
  const byEndpoint = throughEndpoint(space, bucket.account);
  const isAnyPrefix = candidate.target.arn === bucket.arn;
  const inList = bucket.declared.some(line =>
    isDeclared([isAnyPrefix ? { ...line, prefix: '', key: undefined } : line], bucket, candidate),
  );
  const authorizer = [byAll, byRole].find(each => search.allows(candidate, each));
  const granting = authorizer ?? (!inList && isSpecific(search, space, candidate, byEndpoint) ? byEndpoint : undefined);
  return granting === undefined
    ? undefined
    : counterexample(check, { candidate, decision: search.decide(candidate, granting) }, 'denied');
}
