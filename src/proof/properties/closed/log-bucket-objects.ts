import { deliveriesOnly, withoutLogBuckets } from './log-buckets';
import { OBJECT_ACTIONS } from '../../../iam';
import type { Target } from '../../candidate-request';
import { witness } from '../../constants';
import type { LogBucketInput } from '../../proof-input';
import type { Property } from '../../property-check';
import type { RequestSpace } from '../../request-space';

export const logBucketObjects: Property = {
  id: 'closed[log-bucket-objects]',
  inapplicable: withoutLogBuckets,
  decide: check => deliveriesOnly(check, OBJECT_ACTIONS, bucket => objectsOf(check.space, bucket)),
};

/** Any object, and one of each delivery. */
function objectsOf(space: RequestSpace, bucket: LogBucketInput): readonly Target[] {
  const delivered = bucket.deliveries.map(({ resource }) => resource).filter(resource => resource.includes('/'));
  return [
    ...space.objects(bucket),
    ...delivered.map(witness).map(arn => ({ ...space.bucket(bucket), words: arn, arn })),
  ];
}
