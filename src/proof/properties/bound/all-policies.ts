import { atHome, classesOn, workloadDimensions } from './workload';
import { asList } from '../../../iam';
import { targetClasses } from '../../classes';
import { BucketInput, knownPolicy } from '../../proof-input';
import { allDenied, arnOf, eachOf, first, Property } from '../../property-check';

/**
 * A bucket policy without an Allow only takes away from what the role's policies let through, and those are looked at
 * by themselves.
 */
export const allPolicies: Property = {
  id: 'bound[all-policies]',
  inapplicable: ({ input: { buckets } }) =>
    buckets.some(hasAllow) ? undefined : 'no bucket policy allows anything: the policies of the role decide',
  decide: check =>
    eachOf(check.space.input.buckets.filter(hasAllow), arnOf, bucket => {
      const { space } = check;
      const dimensions = workloadDimensions(space, bucket.encryption?.keyArn);
      const authorizer = space.authorizers.workload(bucket, bucket.account);
      const targets = [...targetClasses(space.objects(bucket), authorizer.documents), space.bucket(bucket)];
      const home = atHome(space);
      return first(targets, target =>
        first(classesOn(target, authorizer), action =>
          allDenied(check, { action, target, dimensions }, authorizer, home),
        ),
      );
    }),
};

function hasAllow({ policy }: BucketInput): boolean {
  return asList(knownPolicy(policy)?.Statement).some(({ Effect }) => Effect === 'Allow');
}
