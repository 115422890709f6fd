import { asList } from '../../../iam';
import { ANYTHING, Authorizer, UNLIMITED } from '../../authorizers';
import { narrowed, PRINCIPAL, principalOf } from '../../candidate-request';
import type { ServiceEndpointInput } from '../../proof-input';
import { allDenied, eachOf, first, idOf, Property } from '../../property-check';

const OPEN = {
  Version: '2012-10-17',
  Statement: [{ Sid: ANYTHING, Effect: 'Allow' as const, Principal: '*', Action: '*', Resource: '*' }],
};

export const otherServices: Property = {
  id: 'no-way-out[other-services]',
  inapplicable: ({ input: { otherEndpoints = [] } }) =>
    otherEndpoints.length === 0 ? 'there is no endpoint of another service' : undefined,
  decide: check =>
    eachOf(check.space.input.otherEndpoints ?? [], idOf, endpoint => {
      const { space } = check;
      const { account } = space.input;
      const dimensions = narrowed(
        space.dimensions(),
        PRINCIPAL,
        ({ principal }) => principal?.kind !== 'workload' && principal?.kind !== 'service',
      );
      const words = `the service ${endpoint.service} through ${endpoint.id}`;
      const target = { words, arn: '*', account };
      const actions = asList(endpoint.policy.Statement)
        .flatMap(({ Action }) => asList(Action))
        .map(each => each.replaceAll('*', 'Any'));
      const authorizer = through(endpoint, account);
      return first(actions, action => allDenied(check, { action, target, dimensions }, authorizer));
    }),
};

function through({ policy }: ServiceEndpointInput, account: string): Authorizer {
  return new Authorizer([policy, OPEN], candidate => ({
    identityPolicies: UNLIMITED,
    endpointPolicy: policy,
    endpointKind: 'interface',
    resourcePolicy: principalOf(candidate).account === account ? undefined : OPEN,
  }));
}
