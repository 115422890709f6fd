import { allowed, eachKey } from './keys';
import { managers } from './managers';
import { VOLUME_ACTIONS } from '../../../iam';
import { narrowed, NETWORK, RequestClass } from '../../candidate-request';
import { actionClasses } from '../../classes';
import { isService } from '../../networks';
import { first, Property } from '../../property-check';

const CREATE_GRANT = 'kms:CreateGrant';
const FOR_AWS: RequestClass = {
  words: 'for an AWS resource',
  parts: { parameters: { 'kms:GrantIsForAWSResource': 'true' } },
};

export const volumes: Property = {
  id: 'not-locked-out[volumes]',
  inapplicable: ({ input: { keys } }) =>
    keys.some(({ exclusive }) => exclusive) ? undefined : 'no key was made for this workload',
  decide: check =>
    eachKey(check, ({ space, key, policy }) => {
      if (!key.exclusive) {
        return undefined;
      }
      const target = space.key(key);
      const dimensions = narrowed(managers(space.keyDimensions(key), key.account), NETWORK, ({ network }) =>
        isService(network?.viaService, 'ec2', space.input),
      );
      return first(actionClasses(VOLUME_ACTIONS, [policy], [[CREATE_GRANT]]), action =>
        allowed(check, space, { action, target, dimensions }, policy, action === CREATE_GRANT ? [FOR_AWS] : []),
      );
    }),
};
