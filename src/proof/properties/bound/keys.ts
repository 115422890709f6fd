import { KEY_USES } from '../../../iam';
import { Exception, narrowed, NETWORK, networkOf, PRINCIPAL } from '../../candidate-request';
import { actionClasses } from '../../classes';
import { isS3OfKey } from '../../networks';
import { policiesIn } from '../../proof-input';
import { allDenied, arnOf, eachOf, first, Property } from '../../property-check';

export const keys: Property = {
  id: 'bound[keys]',
  inapplicable: ({ input }) => (input.keys.length === 0 ? 'no data bucket has a customer-managed key' : undefined),
  decide: check =>
    eachOf(check.space.input.keys, arnOf, key => {
      const { space } = check;
      const isS3 = (host: string | undefined) => isS3OfKey(host, key, space.input);
      const except: Exception = {
        dimensions: { [NETWORK]: ({ network }) => isS3(network?.viaService) },
        holds: candidate => isS3(networkOf(candidate).viaService),
      };
      const dimensions = narrowed(
        space.keyDimensions(key),
        PRINCIPAL,
        ({ principal }) => principal?.kind === 'workload',
      );
      const authorizers = [
        space.authorizers.role(key.account, 'key'),
        ...(key.policy === 'unknown' ? [] : [space.authorizers.roleAndKey(key.policy)]),
      ];
      const documents = [...space.rolePolicies(), ...policiesIn([key.policy])];
      return first(authorizers, authorizer =>
        first(actionClasses(KEY_USES, documents), action =>
          allDenied(check, { action, target: space.key(key), dimensions }, authorizer, except),
        ),
      );
    }),
};
