import { eachExclusiveKey, withoutKeys } from './keys';
import { KEY_ACTIONS } from '../../../iam';
import { narrowed, PRINCIPAL } from '../../candidate-request';
import { actionClasses } from '../../classes';
import { knownPolicy, policiesIn } from '../../proof-input';
import { allDenied, first, Property } from '../../property-check';

/** What an action only tells about the key opens nothing. */
const LOOKS = /^kms:(Describe|Get|List)/;

export const keyPolicyAlone: Property = {
  id: 'closed[key-policy-alone]',
  inapplicable: withoutKeys,
  decide: check =>
    eachExclusiveKey(check, key => {
      const { space } = check;
      const dimensions = narrowed(
        space.keyDimensions(key),
        PRINCIPAL,
        ({ principal }) => principal?.kind === 'workload' || principal?.kind === 'identity',
      );
      const authorizer = space.authorizers.alone(knownPolicy(key.policy), 'key');
      return first(
        actionClasses(
          KEY_ACTIONS.filter(each => !LOOKS.test(each)),
          policiesIn([key.policy]),
        ),
        action => allDenied(check, { action, target: space.key(key), dimensions }, authorizer),
      );
    }),
};
