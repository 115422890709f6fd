import { asList } from '../../../iam';
import { ANYTHING, Authorizer, UNLIMITED } from '../../authorizers';
import { Dimension, narrowed, PRINCIPAL, principalOf } from '../../candidate-request';
import { EXTERNAL_ACCOUNT } from '../../principals';
import type { ServiceEndpointInput } from '../../proof-input';
import { allDenied, eachOf, first, idOf, Property } from '../../property-check';
import type { RequestSpace } from '../../request-space';

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
      const words = `the service ${endpoint.service} through ${endpoint.id}`;
      const account = endpoint.isShared === true ? EXTERNAL_ACCOUNT : space.input.account;
      const target = { words, arn: '*', account };
      const dimensions = endpoint.isShared === true ? strangers(space) : others(space);
      const actions = asList(endpoint.policy.Statement)
        .flatMap(({ Action }) => asList(Action))
        .map(each => each.replaceAll('*', 'Any'));
      const authorizer = through(endpoint, account);
      return first(actions, action => allDenied(check, { action, target, dimensions }, authorizer));
    }),
};

function others(space: RequestSpace): readonly Dimension[] {
  return narrowed(
    space.dimensions(),
    PRINCIPAL,
    ({ principal }) => principal?.kind !== 'workload' && principal?.kind !== 'service',
  );
}

/** Credentials of somebody else's, with which whatever runs in the network takes data out to what is theirs. */
function strangers(space: RequestSpace): readonly Dimension[] {
  const outside = space.organization.reduce(
    (dimensions, { name, classes: [inside] }) => narrowed(dimensions, name, each => each !== inside),
    others(space),
  );
  const ours = new Set([space.input.account, ...space.input.buckets.map(({ account }) => account)]);
  return narrowed(
    outside,
    PRINCIPAL,
    ({ principal }) => principal?.account === undefined || !ours.has(principal.account),
  );
}

function through({ policy }: ServiceEndpointInput, account: string): Authorizer {
  return new Authorizer([policy, OPEN], candidate => ({
    identityPolicies: UNLIMITED,
    endpointPolicy: policy,
    endpointKind: 'interface',
    resourcePolicy: principalOf(candidate).account === account ? undefined : OPEN,
  }));
}
