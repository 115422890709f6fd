import { eachKey, withoutKeys } from './keys';
import { KEY_CONTROL_ACTIONS, KEY_KIND_ACTIONS } from '../../../iam';
import { narrowed, PRINCIPAL } from '../../candidate-request';
import { actionClasses } from '../../classes';
import { knownPolicy, policiesIn } from '../../proof-input';
import { allDenied, first, Property } from '../../property-check';

export const keyAdministration: Property = {
  id: 'closed[key-administration]',
  inapplicable: withoutKeys,
  decide: check =>
    eachKey(check, key => {
      const { space } = check;
      const accounts = new Set([key.account, space.input.account]);
      const dimensions = narrowed(
        space.keyDimensions(key),
        PRINCIPAL,
        ({ principal }) => principal?.account === undefined || !accounts.has(principal.account),
      );
      const authorizer = space.authorizers.resource(knownPolicy(key.policy), 'key');
      const actions = [...KEY_CONTROL_ACTIONS, ...KEY_KIND_ACTIONS];
      return first(actionClasses(actions, policiesIn([key.policy])), action =>
        allDenied(check, { action, target: space.key(key), dimensions }, authorizer),
      );
    }),
};
