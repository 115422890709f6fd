import { allowed, eachKey, withoutKeys } from './keys';
import { managers, notDenied } from './managers';
import { KEY_CONTROL_ACTIONS } from '../../../iam';
import { narrowed, NETWORK } from '../../candidate-request';
import { actionClasses } from '../../classes';
import { KeyInput } from '../../proof-input';
import { first, Property, PropertyCheck } from '../../property-check';
import type { RequestSpace } from '../../request-space';

export const keyConfiguration: Property = {
  id: 'not-locked-out[key-configuration]',
  inapplicable: withoutKeys,
  decide: check => {
    const states = [check.space, ...(check.previous === undefined ? [] : [check.previous])];
    states.forEach(space => assumeForOthers(check, space));
    return eachKey(check, ({ space, key, policy }) => {
      if (isElsewhere(key, space)) {
        return undefined;
      }
      const target = space.key(key);
      const ofManagers = managers(space.keyDimensions(key), key.account);
      const dimensions = narrowed(ofManagers, NETWORK, ({ network }) => network?.kind === 'internet');
      return first(
        actionClasses(KEY_CONTROL_ACTIONS, [policy]),
        action =>
          notDenied(check, space, { action, target, dimensions }, policy, 'key') ??
          allowed(check, space, { action, target, dimensions }, policy),
      );
    });
  },
};

function assumeForOthers(check: PropertyCheck, space: RequestSpace): void {
  space.input.keys
    .filter(key => key.policy === 'unknown' || isElsewhere(key, space))
    .forEach(({ arn }) => check.assume(`the policy of ${arn} locks nobody out`));
}

function isElsewhere({ account }: KeyInput, { input }: RequestSpace): boolean {
  return account !== input.account;
}
