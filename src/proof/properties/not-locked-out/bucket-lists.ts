import { eachBucket } from './buckets';
import { notDenied } from './managers';
import { isAccessPoint } from '../../../iam';
import { narrowed, PRINCIPAL } from '../../candidate-request';
import type { Property } from '../../property-check';

export const bucketLists: Property = {
  id: 'not-locked-out[bucket-lists]',
  decide: check =>
    eachBucket(check, ({ space, bucket, policy, dimensions }) => {
      if (isAccessPoint(bucket.arn)) {
        return undefined;
      }
      const deployers = narrowed(dimensions, PRINCIPAL, ({ principal }) => principal?.manages === 'as deployer');
      const slice = { action: 's3:ListBucket', target: space.bucket(bucket), dimensions: deployers };
      return notDenied(check, space, slice, policy);
    }),
};
