import { deliveriesOnly, withoutLogBuckets } from './log-buckets';
import { BUCKET_ACTIONS } from '../../../iam';
import type { Property } from '../../property-check';

export const logBucketConfiguration: Property = {
  id: 'closed[log-bucket-configuration]',
  inapplicable: withoutLogBuckets,
  decide: check => deliveriesOnly(check, BUCKET_ACTIONS, bucket => [check.space.bucket(bucket)]),
};
