import { ways } from './ways';
import { Authorizer, OPEN_BUCKET } from '../../authorizers';
import { isTrusted } from '../../aws-owned-buckets';
import { CandidateRequest, Dimension, PRINCIPAL, RequestClass, usualCandidate } from '../../candidate-request';
import { witness } from '../../constants';
import type { AwsOwnedInput } from '../../proof-input';
import { about, counterexample, Finding, first, Property, PropertyCheck } from '../../property-check';
import { EXTERNAL_ACCOUNT } from '../../strangers';

export const awsOwnedBuckets: Property = {
  id: 'works[aws-owned-buckets]',
  decide: check => {
    const { space } = check;
    const declared = space.input.awsOwned ?? [];
    const found = first(
      ways(space),
      way => readable(check, way) ?? first(declared, each => isReached(check, each, way)),
    );
    return about(space.input.role.arn, found);
  },
};

function readable(check: PropertyCheck, way: readonly Dimension[]): Finding {
  const { space, search } = check;
  const action = 's3:GetObject';
  const targets = space.foreign().filter(({ arn }) => isTrusted(action, arn, space.input));
  return first(targets, target => {
    const candidate = usualCandidate(action, target, way);
    return search.allows(candidate, space.authorizers.role(EXTERNAL_ACCOUNT))
      ? passes(check, candidate, space.authorizers.endpoint(OPEN_BUCKET))
      : undefined;
  });
}

function isReached(
  check: PropertyCheck,
  { objects, action, account, signedByRole }: AwsOwnedInput,
  way: readonly Dimension[],
): Finding {
  const { space } = check;
  const target = account === undefined ? space.strange(witness(objects)) : space.inAccount(witness(objects), account);
  if (signedByRole) {
    return passes(check, usualCandidate(action, target, way), space.authorizers.workload(undefined, target.account));
  }
  const anybody = space.principals.classes.find(({ principal }) => principal?.kind === 'anonymous');
  const picked: Record<string, RequestClass> = anybody === undefined ? {} : { [PRINCIPAL]: anybody };
  return passes(check, usualCandidate(action, target, way, picked), space.authorizers.endpoint(OPEN_BUCKET));
}

function passes(check: PropertyCheck, candidate: CandidateRequest, authorizer: Authorizer): Finding {
  const decision = check.search.decide(candidate, authorizer);
  return decision.verdict === 'Allowed' ? undefined : counterexample(check, { candidate, decision }, 'allowed');
}
