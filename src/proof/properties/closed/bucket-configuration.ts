import { dimensionsFor, eachBucket, exceptExempt } from './shared';
import { BUCKET_ACTIONS } from '../../../iam';
import { narrowed, PRINCIPAL } from '../../candidate-request';
import { actionClasses } from '../../classes';
import { knownPolicy, policiesIn } from '../../proof-input';
import { allDenied, first, Property } from '../../property-check';

export const bucketConfiguration: Property = {
  id: 'closed[bucket-configuration]',
  decide: check =>
    eachBucket(check, bucket => {
      const { space } = check;
      const accounts = new Set([bucket.account, space.input.account]);
      const dimensions = narrowed(
        dimensionsFor(space, bucket),
        PRINCIPAL,
        ({ principal }) => principal?.account === undefined || !accounts.has(principal.account),
      );
      const authorizer = space.authorizers.resource(knownPolicy(bucket.policy));
      const exempt = exceptExempt(space, bucket);
      return first(actionClasses(BUCKET_ACTIONS, policiesIn([bucket.policy])), action =>
        allDenied(check, { action, target: space.bucket(bucket), dimensions }, authorizer, exempt),
      );
    }),
};
