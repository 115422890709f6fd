import { inEachState, managers } from './managers';
import type { PolicyJson } from '../../../iam';
import { Dimension, narrowed, NETWORK, valueSaid } from '../../candidate-request';
import { GOOD_TRANSPORTS } from '../../dimensions';
import { BucketInput, isOwners, knownPolicy, LogBucketInput } from '../../proof-input';
import { arnOf, Counterexample, eachOf, Finding, first, PropertyCheck } from '../../property-check';
import type { RequestSpace } from '../../request-space';

/** A bucket in a state of a deployment: without a policy, or with its own. */
export interface BucketState {
  readonly space: RequestSpace;
  readonly bucket: BucketInput | LogBucketInput;
  readonly policy: PolicyJson | undefined;
  /** Of requests of those who manage it. */
  readonly dimensions: readonly Dimension[];
}

/** A finding for each bucket, in whatever state. */
export function eachBucket(check: PropertyCheck, find: (state: BucketState) => Finding): readonly Counterexample[] {
  return inEachState(check, space => {
    const { buckets, logBuckets = [] } = space.input;
    const all = [...buckets, ...logBuckets];
    all.filter(isOwners).forEach(({ arn }) => check.assume(`the policy of ${arn} locks nobody out`));
    const own = all.filter(bucket => !isOwners(bucket));
    const dimensions = fromOutside(space);
    return eachOf(own, arnOf, bucket =>
      first([undefined, knownPolicy(bucket.policy)], policy => find({ space, bucket, policy, dimensions })),
    );
  });
}

function fromOutside(space: RequestSpace): readonly Dimension[] {
  const owners = [undefined, space.input.account];
  const ways = narrowed(
    managers(space.dimensions()),
    NETWORK,
    requestClass =>
      requestClass.network?.kind !== 'endpoint' &&
      requestClass.network?.kind !== 'service' &&
      owners.includes(valueSaid(requestClass, 'aws:VpceAccount')?.toString()),
  );
  return narrowed(ways, 'transport', ({ words }) => GOOD_TRANSPORTS.includes(words));
}
