import { asList, partsWith, PolicyJson } from '../../iam';
import { Authorizer, UNLIMITED } from '../authorizers';
import { PRINCIPAL, RequestClass, NETWORK, usualCandidate } from '../candidate-request';
import { witness } from '../constants';
import { BINDING_KEYS, looksAt } from '../exemptions';
import { isSpecific } from '../grants';
import { service } from '../principals';
import { knownPolicy, ServiceEndpointInput } from '../proof-input';
import { Property, counterexample, first } from '../property-check';
import { RequestSpace } from '../request-space';
import { trusted } from '../trust';

const TRUST_FIX = 'let the service ec2.amazonaws.com assume the role in its trust policy';
const ENDPOINT_FIX = "allow the same actions in the role's policy and in the policy of the service's endpoint";
const FORWARD_FIX =
  'spare calls that services make for the role: BoolIfExists aws:ViaAWSService false beside the binding';
const DELIVERY_FIX = 'allow the delivery in the policy of the log bucket, for the service with aws:SourceAccount';

/** What has to work beside the role's own requests: EC2 assumes the role, other services are reached, logs arrive. */
export const servicesWork: Property = check =>
  assumed(check) ?? forwarded(check) ?? otherServices(check) ?? delivered(check);

const assumed: Property = ({ space, search }) => {
  const { trust } = space.input.role;
  if (trust === undefined) {
    return undefined;
  }
  const picked = { [PRINCIPAL]: service('ec2.amazonaws.com') };
  const candidate = usualCandidate('sts:AssumeRole', space.roleTarget(), space.dimensions(), picked);
  const decision = search.decide(candidate, space.authorizers.resource(trust, 'key'));
  return decision.verdict === 'Allowed'
    ? undefined
    : trusted(counterexample({ candidate, decision }, 'allowed', TRUST_FIX));
};

/** The binding to the instance does not hit what services do with S3 on behalf of the role. */
const forwarded: Property = ({ space, search }) => {
  if (!space.rolePolicies().some(policy => looksAt(policy, BINDING_KEYS))) {
    return undefined;
  }
  const byService = space.networks.classes.find(({ network }) => network?.kind === 'service');
  const targets = space.input.buckets.flatMap(bucket => space.objects(bucket).slice(0, 1));
  return first(targets, target => {
    const candidate = usualCandidate(
      's3:GetObject',
      target,
      space.dimensions(),
      byService === undefined ? {} : { [NETWORK]: byService },
    );
    const decision = search.decide(candidate, space.authorizers.roleDenies(target.account));
    return decision.verdict === 'ExplicitlyDenied'
      ? counterexample({ candidate, decision }, 'not denied', FORWARD_FIX)
      : undefined;
  });
};

const otherServices: Property = ({ space, search }) =>
  first(space.input.otherEndpoints ?? [], endpoint => {
    const target = { words: `the service ${endpoint.service}`, arn: '*', account: space.input.account };
    return first(actionsOf(space, endpoint), action => {
      const candidate = usualCandidate(action, target, space.dimensions());
      const through = throughEndpoint(UNLIMITED, endpoint);
      const wanted =
        search.allows(candidate, space.authorizers.role(space.input.account)) ||
        isSpecific(search, space, candidate, through);
      const decision = search.decide(candidate, throughEndpoint(space.input.role.policies, endpoint));
      return wanted && decision.verdict !== 'Allowed'
        ? counterexample({ candidate, decision }, 'allowed', ENDPOINT_FIX)
        : undefined;
    });
  });

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

/** Services belong to no organization. */
const OF_NO_ORGANIZATION: RequestClass = {
  words: '',
  parts: { principal: { organizationId: undefined, organizationPaths: undefined } },
};

const delivered: Property = ({ space, search }) =>
  first(space.input.logBuckets ?? [], bucket =>
    first(bucket.deliveries, delivery => {
      if (bucket.policy === 'unknown') {
        return undefined;
      }
      const said = Object.entries(delivery.keys).map(([key, pattern]): RequestClass => ({
        words: '',
        parts: partsWith(key, witness(pattern)),
      }));
      const words = delivery.writes ?? delivery.resource;
      const target = { ...space.bucket(bucket), words, arn: witness(words) };
      const usual = usualCandidate(delivery.action, target, space.dimensions(), {
        [PRINCIPAL]: service(delivery.service),
      });
      const candidate = {
        ...usual,
        classes: [...usual.classes, OF_NO_ORGANIZATION, ...said],
      };
      const decision = search.decide(candidate, space.authorizers.resource(knownPolicy(bucket.policy)));
      return decision.verdict === 'Allowed'
        ? undefined
        : counterexample({ candidate, decision }, 'allowed', DELIVERY_FIX);
    }),
  );
