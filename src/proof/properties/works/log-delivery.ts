import { partsWith } from '../../../iam';
import { CandidateRequest, PRINCIPAL, RequestClass, usualCandidate } from '../../candidate-request';
import { witness } from '../../constants';
import { service } from '../../principals';
import { DeliveryInput, knownPolicy, LogBucketInput } from '../../proof-input';
import { arnOf, counterexample, eachOf, first, Property } from '../../property-check';
import type { RequestSpace } from '../../request-space';

/** Services belong to no organization. */
const OF_NO_ORGANIZATION: RequestClass = {
  words: '',
  parts: { principal: { organizationId: undefined, organizationPaths: undefined } },
};

export const logDelivery: Property = {
  id: 'works[log-delivery]',
  inapplicable: ({ input: { logBuckets = [] } }) =>
    logBuckets.length === 0 ? 'no bucket receives logs of the workload' : undefined,
  decide: check => {
    const { space, search } = check;
    const known = (space.input.logBuckets ?? []).filter(({ policy }) => policy !== 'unknown');
    return eachOf(known, arnOf, bucket =>
      first(bucket.deliveries, delivery => {
        const candidate = deliveryOf(space, bucket, delivery);
        const decision = search.decide(candidate, space.authorizers.resource(knownPolicy(bucket.policy)));
        return decision.verdict === 'Allowed' ? undefined : counterexample(check, { candidate, decision }, 'allowed');
      }),
    );
  },
};

function deliveryOf(space: RequestSpace, bucket: LogBucketInput, delivery: DeliveryInput): CandidateRequest {
  const words = delivery.writes ?? delivery.resource;
  const target = { ...space.bucket(bucket), words, arn: witness(words) };
  const usual = usualCandidate(delivery.action, target, space.dimensions(), {
    [PRINCIPAL]: service(delivery.service),
  });
  const said = Object.entries({ ...delivery.says, ...delivery.keys }).map(([key, pattern]): RequestClass => ({
    words: '',
    parts: partsWith(key, witness(pattern)),
  }));
  return { ...usual, classes: [...usual.classes, OF_NO_ORGANIZATION, ...said] };
}
