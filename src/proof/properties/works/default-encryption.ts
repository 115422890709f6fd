import { networkOn, ways } from './ways';
import { Dimension, usualCandidate } from '../../candidate-request';
import { headersFor } from '../../dimensions';
import { BucketInput, EncryptionInput } from '../../proof-input';
import { arnOf, counterexample, eachOf, Finding, first, Property, PropertyCheck } from '../../property-check';

export const defaultEncryption: Property = {
  id: 'works[default-encryption]',
  decide: check =>
    eachOf(check.space.input.buckets, arnOf, bucket => {
      const { encryption, policy } = bucket;
      return encryption === undefined || policy === 'unknown'
        ? undefined
        : first(ways(check.space), way => uploads(check, bucket, encryption, way));
    }),
};

function uploads(
  check: PropertyCheck,
  bucket: BucketInput,
  { algorithm, keyArn }: EncryptionInput,
  way: readonly Dimension[],
): Finding {
  const { space, search } = check;
  const action = 's3:PutObject';
  const dimensions = space.dimensions(keyArn);
  const authorizer = space.authorizers.workload(bucket, bucket.account);
  const picked = networkOn(way);
  return first(space.objects(bucket), target => {
    if (!search.allows(usualCandidate(action, target, dimensions, picked), authorizer)) {
      return undefined;
    }
    const candidate = usualCandidate(action, target, dimensions, { ...picked, ...headersFor(algorithm, keyArn) });
    const decision = search.decide(candidate, authorizer);
    return decision.verdict === 'Allowed' ? undefined : counterexample(check, { candidate, decision }, 'allowed');
  });
}
