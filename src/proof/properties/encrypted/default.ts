import { dataBuckets, ENCRYPTION_KEYS } from './buckets';
import { ENCRYPTING_ACTIONS } from '../../../iam';
import { usualCandidate } from '../../candidate-request';
import { targetClasses } from '../../classes';
import { headersFor } from '../../dimensions';
import { BucketInput, EncryptionInput, isOwners } from '../../proof-input';
import { arnOf, counterexample, eachOf, Finding, first, Property, PropertyCheck } from '../../property-check';

export const byDefault: Property = {
  id: 'encrypted[default]',
  inapplicable: ({ input }) =>
    dataBuckets(input).some(({ exclusive }) => exclusive) ? undefined : 'no data bucket was made for this workload',
  decide: check =>
    eachOf(dataBuckets(check.space.input), arnOf, bucket => {
      const { encryption, exclusive } = bucket;
      return !exclusive || isOwners(bucket) || encryption === undefined
        ? undefined
        : notRefused(check, bucket, encryption);
    }),
};

function notRefused(check: PropertyCheck, bucket: BucketInput, { algorithm, keyArn }: EncryptionInput): Finding {
  const { space, search } = check;
  const holding = space.holding(bucket, ENCRYPTION_KEYS);
  const authorizer = space.authorizers.resource(holding);
  const dimensions = space.dimensions(keyArn);
  return first(targetClasses(space.objects(bucket), [holding]), target =>
    first(ENCRYPTING_ACTIONS, action =>
      first([{}, headersFor(algorithm, keyArn)], headers => {
        const candidate = usualCandidate(action, target, dimensions, headers);
        const decision = search.decide(candidate, authorizer);
        const isRefused =
          decision.verdict === 'ExplicitlyDenied' && decision.decidedBy[0].policyKind === 'bucket policy';
        return isRefused ? counterexample(check, { candidate, decision }, 'not denied') : undefined;
      }),
    ),
  );
}
