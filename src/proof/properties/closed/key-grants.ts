import { eachExclusiveKey, withoutKeys } from './keys';
import { asList, PolicyJson } from '../../../iam';
import { ANYTHING } from '../../authorizers';
import { narrowed, PRINCIPAL } from '../../candidate-request';
import { knownPolicy } from '../../proof-input';
import { allDenied, Property } from '../../property-check';

const OPEN: PolicyJson = {
  Statement: [{ Sid: ANYTHING, Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*' }],
};

export const keyGrants: Property = {
  id: 'closed[key-grants]',
  inapplicable: withoutKeys,
  decide: check =>
    eachExclusiveKey(check, key => {
      const { space } = check;
      const policy = knownPolicy(key.policy);
      const open: PolicyJson = {
        Version: '2012-10-17',
        ...policy,
        Statement: [...asList(policy?.Statement), ...asList(OPEN.Statement)],
      };
      const dimensions = narrowed(
        narrowed(space.keyDimensions(key), PRINCIPAL, ({ principal }) => principal?.kind !== 'service'),
        'kms:grantisforawsresource',
        ({ words }) => !words.endsWith(' true'),
      );
      const slice = { action: 'kms:CreateGrant', target: space.key(key), dimensions };
      return allDenied(check, slice, space.authorizers.resource(open, 'key'));
    }),
};
