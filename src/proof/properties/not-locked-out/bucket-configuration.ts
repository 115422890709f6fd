import { eachBucket } from './buckets';
import { notDenied } from './managers';
import { ACCESS_POINT_CONTROL_ACTIONS, CONTROL_ACTIONS, isAccessPoint } from '../../../iam';
import { actionClasses } from '../../classes';
import { policiesIn } from '../../proof-input';
import { first, Property } from '../../property-check';

export const bucketConfiguration: Property = {
  id: 'not-locked-out[bucket-configuration]',
  decide: check =>
    eachBucket(check, ({ space, bucket, policy, dimensions }) => {
      const actions = isAccessPoint(bucket.arn) ? ACCESS_POINT_CONTROL_ACTIONS : CONTROL_ACTIONS;
      const target = space.bucket(bucket);
      return first(actionClasses(actions, policiesIn([policy])), action =>
        notDenied(check, space, { action, target, dimensions }, policy),
      );
    }),
};
