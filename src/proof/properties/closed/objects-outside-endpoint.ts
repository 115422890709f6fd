import { eachBucket, exceptExempt, NETWORK_KEYS, outsideEndpoint } from './shared';
import { allDenied, first, Property } from '../../property-check';
import { objectSlices } from '../../request-slices';

export const objectsOutsideEndpoint: Property = {
  id: 'closed[objects-outside-endpoint]',
  decide: check =>
    eachBucket(check, bucket => {
      const { space } = check;
      const policy = space.holding(bucket, NETWORK_KEYS);
      const exempt = exceptExempt(space, bucket);
      return first(objectSlices(space, bucket, outsideEndpoint(space, bucket), [policy]), slice =>
        allDenied(check, slice, space.authorizers.resource(policy), exempt),
      );
    }),
};
