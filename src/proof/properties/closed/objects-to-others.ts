import { comesThrough, dimensionsFor, eachBucket, exceptExempt } from './shared';
import { Dimension, narrowed, NETWORK, PRINCIPAL } from '../../candidate-request';
import { isOneOf } from '../../exemptions';
import { BucketInput, peerEndpoints, rolesFor } from '../../proof-input';
import { allDenied, first, Property, PropertyCheck } from '../../property-check';
import { objectSlices } from '../../request-slices';

/** A bucket that was made for the workload refuses others by its own policy, whatever the endpoint's allows. */
export const objectsToOthers: Property = {
  id: 'closed[objects-to-others]',
  decide: check =>
    eachBucket(check, bucket => {
      const { space } = check;
      const policy = space.holding(bucket);
      const documents = [policy, ...(bucket.exclusive ? [] : space.endpointPolicies())];
      const authorizer = bucket.exclusive ? space.authorizers.resource(policy) : space.authorizers.endpoint(policy);
      const exempt = exceptExempt(space, bucket);
      return first(objectSlices(space, bucket, othersInside(check, bucket), documents), slice =>
        allDenied(check, slice, authorizer, exempt),
      );
    }),
};

function othersInside({ space, assume }: PropertyCheck, bucket: BucketInput): readonly Dimension[] {
  const workloads = rolesFor([bucket.arn], space.input);
  const endpoints = bucket.exclusive ? [] : space.input.endpoints;
  const unknown = endpoints.filter(({ policy }) => policy === 'unknown').map(({ id }) => id);
  unknown.forEach(id => assume(`the policy of ${id} lets nobody else through`));
  const ofPeers = peerEndpoints(bucket.arn, space.input);
  const inside = narrowed(dimensionsFor(space, bucket), NETWORK, each =>
    each.network?.kind === 'endpoint'
      ? !unknown.includes(each.network.endpointId ?? '')
      : bucket.exclusive && comesThrough(ofPeers, each),
  );
  return narrowed(inside, PRINCIPAL, ({ principal }) => principal !== undefined && !isOneOf(workloads, principal));
}
