import { asList, PolicyJson } from '../../../iam';
import { Authorizer, UNLIMITED } from '../../authorizers';
import { NETWORK, RequestClass, usualCandidate } from '../../candidate-request';
import { witness } from '../../constants';
import { isSpecific } from '../../grants';
import { through } from '../../networks';
import type { ServiceEndpointInput } from '../../proof-input';
import { counterexample, eachOf, Finding, first, idOf, Property, PropertyCheck } from '../../property-check';
import type { RequestSpace } from '../../request-space';

/** An endpoint that was made for the workload lets through what its role may do; others may let through more. */
export const otherServices: Property = {
  id: 'works[other-services]',
  inapplicable: ({ input: { otherEndpoints = [] } }) =>
    otherEndpoints.length === 0 ? 'there is no endpoint of another service' : undefined,
  decide: check =>
    eachOf(check.space.input.otherEndpoints ?? [], idOf, endpoint =>
      first(actionsOf(check.space, endpoint), action => agreedOn(check, endpoint, action)),
    ),
};

function agreedOn(check: PropertyCheck, endpoint: ServiceEndpointInput, action: string): Finding {
  const { space, search } = check;
  const { account, role } = space.input;
  const target = space.service(endpoint.service);
  const candidate = usualCandidate(action, target, space.dimensions(), networkOf(space, endpoint));
  const isMeant = () => isSpecific(search, space, candidate, throughEndpoint(UNLIMITED, endpoint));
  const isWanted =
    search.allows(candidate, space.authorizers.role(account)) || (endpoint.isShared !== true && isMeant());
  const decision = search.decide(candidate, throughEndpoint(role.policies, endpoint));
  return isWanted && decision.verdict !== 'Allowed'
    ? counterexample(check, { candidate, decision }, 'allowed')
    : undefined;
}

/** The workload comes through the endpoint of the service, not through that of S3. */
function networkOf(space: RequestSpace, { id }: ServiceEndpointInput): Record<string, RequestClass> {
  const own = space.networks.classes.find(({ network }) => network?.kind === 'endpoint');
  const source = own?.parts?.network?.source;
  return source === undefined || !('endpoint' in source) || source.endpoint === undefined
    ? {}
    : {
        [NETWORK]: {
          words: `through ${id}`,
          parts: through({ ...source.endpoint, id }),
          network: { kind: 'other endpoint' },
        },
      };
}

function throughEndpoint(
  identityPolicies: readonly PolicyJson[],
  { policy: endpointPolicy }: ServiceEndpointInput,
): Authorizer {
  return new Authorizer([...identityPolicies, endpointPolicy], () => ({
    identityPolicies,
    endpointPolicy,
    endpointKind: 'interface',
  }));
}

function actionsOf(space: RequestSpace, { service: prefix, policy }: ServiceEndpointInput): readonly string[] {
  const named = [...space.rolePolicies(), policy]
    .flatMap(({ Statement }) => asList(Statement))
    .flatMap(({ Action }) => asList(Action));
  return [...new Set(named.filter(each => each.startsWith(`${prefix}:`)).map(witness))];
}
