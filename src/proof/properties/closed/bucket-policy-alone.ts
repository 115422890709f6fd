import { dimensionsFor, eachExclusiveBucket, isAtTask, sparedAs } from './shared';
import { actionsOn, CONFIGURATION_READS } from '../../../iam';
import { CandidateRequest, Exception, narrowed, PRINCIPAL, principalOf } from '../../candidate-request';
import { actionClasses, targetClasses } from '../../classes';
import { taskActions } from '../../exemptions';
import { BucketInput, knownPolicy, policiesIn } from '../../proof-input';
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
      // what the CDK writes into the policy for the function that empties the bucket
      const except: Exception = {
        dimensions: {
          [PRINCIPAL]: ({ principal }) =>
            principal !== undefined && [principal.account, ...sparedAs(principal, bucket, [])],
        },
        holds: candidate => isAtTask(bucket)(candidate) || readsConfiguration(candidate, bucket),
      };
      return first(targets, target => {
        const actions = actionsOn(target.arn);
        return first(
          actionClasses(actions, documents, [CONFIGURATION_READS, ...taskActions(bucket, actions)]),
          action => allDenied(check, { action, target, dimensions }, authorizer, except),
        );
      });
    }),
};

/** The account of a bucket can let its own roles read the configuration by their policies as well. */
function readsConfiguration(candidate: CandidateRequest, { account }: BucketInput): boolean {
  return CONFIGURATION_READS.includes(candidate.action) && principalOf(candidate).account === account;
}
