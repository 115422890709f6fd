import { dimensionsFor, eachExclusiveBucket } from './shared';
import { actionsOn } from '../../../iam';
import { narrowed, PRINCIPAL } from '../../candidate-request';
import { actionClasses, targetClasses } from '../../classes';
import { knownPolicy, policiesIn } from '../../proof-input';
import { allDenied, first, Property } from '../../property-check';

export const bucketPolicyAlone: Property = {
  id: 'closed[bucket-policy-alone]',
  decide: check =>
    eachExclusiveBucket(check, bucket => {
      const { space } = check;
      const dimensions = narrowed(
        dimensionsFor(space, bucket),
        PRINCIPAL,
        ({ principal }) => principal?.kind === 'workload' || principal?.kind === 'identity',
      );
      const authorizer = space.authorizers.alone(knownPolicy(bucket.policy));
      const documents = policiesIn([bucket.policy]);
      const targets = [...targetClasses(space.objects(bucket), documents), space.bucket(bucket)];
      return first(targets, target =>
        first(actionClasses(actionsOn(target.arn), documents), action =>
          allDenied(check, { action, target, dimensions }, authorizer),
        ),
      );
    }),
};
