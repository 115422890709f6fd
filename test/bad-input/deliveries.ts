import { Bucket } from 'aws-cdk-lib/aws-s3';
import { bad, BadInput } from './bad-input';
import { BucketAccess, DataBucketSource } from '../../src';
import { DELIVERIES } from '../support/deliveries';
import { newStack, workload } from '../support/resources';

const access = [BucketAccess.readOnly()];

/** Buckets that others deliver to: the perimeter would deny it from then on. */
export const DELIVERED: readonly BadInput[] = [
  ...Object.entries(DELIVERIES).map(([what, deliver]) =>
    bad(
      `a bucket that receives the ${what} of others as data bucket`,
      () => {
        const stack = newStack();
        const bucket = new Bucket(stack, 'Archive');
        deliver(stack, bucket);
        return workload(stack, { dataBuckets: { Archive: DataBucketSource.fromBucket(bucket, { access }) } });
      },
      'Training/App',
      'dataBuckets.Archive',
      'Training/Archive',
    ),
  ),
  bad(
    'a bucket that logs to itself as data bucket',
    () => {
      const stack = newStack();
      const bucket = new Bucket(stack, 'Archive', { serverAccessLogsPrefix: 'logs/' });
      return workload(stack, { dataBuckets: { Archive: DataBucketSource.fromBucket(bucket, { access }) } });
    },
    'Training/App',
    'dataBuckets.Archive',
    'Training/Archive',
  ),
  bad(
    'one more data bucket that receives the inventory of others',
    () => {
      const stack = newStack();
      const app = workload(stack);
      const bucket = new Bucket(stack, 'Archive');
      new Bucket(stack, 'Source', { inventories: [{ destination: { bucket } }] });
      return app.addDataBucket('More', DataBucketSource.fromBucket(bucket, { access }));
    },
    'Training/App',
    'dataBuckets.More',
    'Training/Archive',
  ),
];
