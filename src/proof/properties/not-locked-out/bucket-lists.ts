import { eachBucket } from './buckets';
import { notDenied } from './managers';
import { isAccessPoint } from '../../../iam';
import { narrowed, PRINCIPAL, RequestPrincipal } from '../../candidate-request';
import { isDeploymentRole } from '../../principals';
import type { BucketInput, LogBucketInput } from '../../proof-input';
import type { Property } from '../../property-check';
import type { RequestSpace } from '../../request-space';

export const bucketLists: Property = {
  id: 'not-locked-out[bucket-lists]',
  decide: check =>
    eachBucket(check, ({ space, bucket, policy, dimensions }) => {
      if (isAccessPoint(bucket.arn)) {
        return undefined;
      }
      const deployers = narrowed(dimensions, PRINCIPAL, ({ principal }) => deploys(principal, space, bucket));
      const slice = { action: 's3:ListBucket', target: space.bucket(bucket), dimensions: deployers };
      return notDenied(check, space, slice, policy);
    }),
};

/** Who makes the stack of the bucket: its roles, and whoever calls CloudFormation. */
function deploys(
  principal: RequestPrincipal | undefined,
  { input }: RequestSpace,
  { deploymentRoleArns }: BucketInput | LogBucketInput,
): boolean {
  return (
    principal?.manages === 'as deployer' &&
    (principal.throughCloudFormation === true || isDeploymentRole(principal, input, deploymentRoleArns))
  );
}
