import type { PolicyJson } from '../../iam';
import { asList } from '../../iam/document';
import { service } from '../principals';
import { Attempt, counterexample, first } from '../property-check';
import { witness } from '../constants';
import { Court, UNLIMITED } from '../authorizers';
import { BINDING_KEYS, looksAt } from '../exemptions';
import { isSpecific } from '../grants';
import { ACTOR, Context, NETWORK, usualScene } from '../candidate-request';
import { knownPolicy, ServiceEndpointSubject } from '../proof-input';
import { trusted } from '../trust';
import { World } from '../request-space';

const TRUST_FIX = 'let the service ec2.amazonaws.com assume the role in its trust policy';
const ENDPOINT_FIX = 'allow the same actions in the role\'s policy and in the policy of the service\'s endpoint';
const FORWARD_FIX = 'spare calls that services make for the role: BoolIfExists aws:ViaAWSService false beside the binding';
const DELIVERY_FIX = 'allow the delivery in the policy of the log bucket, for the service with aws:SourceAccount';

/** What has to work beside the role's own requests: EC2 assumes the role, other services are reached, logs arrive. */
export const servicesWork: Attempt = trial => assumed(trial) ?? forwarded(trial) ?? otherServices(trial) ?? delivered(trial);

const assumed: Attempt = ({ world, judge }) => {
  const { trust } = world.subject.role;
  if (trust === undefined) return undefined;
  const picked = { [ACTOR]: service('ec2.amazonaws.com') };
  const scene = usualScene('sts:AssumeRole', world.roleTarget(), world.axes(), picked);
  const decision = judge.decide(scene, world.courts.resource(trust, 'key'));
  return decision.verdict === 'Allowed' ? undefined : trusted(counterexample({ scene, decision }, 'allowed', TRUST_FIX));
};

/** The binding to the instance does not hit what services do with S3 on behalf of the role. */
const forwarded: Attempt = ({ world, judge }) => {
  if (!world.rolePolicies().some(policy => looksAt(policy, BINDING_KEYS))) return undefined;
  const byService = world.networks.choices.find(({ network }) => network?.kind === 'service');
  const targets = world.subject.buckets.flatMap(bucket => world.objects(bucket).slice(0, 1));
  return first(targets, target => {
    const scene = usualScene('s3:GetObject', target, world.axes(), byService === undefined ? {} : { [NETWORK]: byService });
    const decision = judge.decide(scene, world.courts.roleDenies(target.account));
    return decision.verdict === 'ExplicitlyDenied' ? counterexample({ scene, decision }, 'not denied', FORWARD_FIX) : undefined;
  });
};

const otherServices: Attempt = ({ world, judge }) => first(world.subject.otherEndpoints ?? [], endpoint => {
  const target = { words: `the service ${endpoint.service}`, arn: '*', account: world.subject.account, context: {} };
  return first(actionsOf(world, endpoint), action => {
    const scene = usualScene(action, target, world.axes());
    const through = throughEndpoint(UNLIMITED, endpoint);
    const wanted = judge.allows(scene, world.courts.role(world.subject.account)) || isSpecific(judge, world, scene, through);
    const decision = judge.decide(scene, throughEndpoint(world.subject.role.policies, endpoint));
    return wanted && decision.verdict !== 'Allowed' ? counterexample({ scene, decision }, 'allowed', ENDPOINT_FIX) : undefined;
  });
});

function throughEndpoint(identityPolicies: readonly PolicyJson[], { policy: endpointPolicy }: ServiceEndpointSubject): Court {
  return new Court([...identityPolicies, endpointPolicy], () => ({ identityPolicies, endpointPolicy, endpointKind: 'interface' }));
}

function actionsOf(world: World, { service: prefix, policy }: ServiceEndpointSubject): readonly string[] {
  const named = [...world.rolePolicies(), policy].flatMap(({ Statement }) => asList(Statement)).flatMap(({ Action }) => asList(Action));
  return [...new Set(named.filter(each => each.startsWith(`${prefix}:`)).map(witness))];
}

/** Services belong to no organization. */
const OF_NO_ORGANIZATION: Context = { 'aws:PrincipalOrgID': undefined, 'aws:PrincipalOrgPaths': undefined };

const delivered: Attempt = ({ world, judge }) => first(world.subject.logBuckets ?? [], bucket => first(bucket.deliveries, delivery => {
  if (bucket.policy === 'unknown') return undefined;
  const context = Object.fromEntries(Object.entries(delivery.context).map(([key, pattern]) => [key, witness(pattern)]));
  const words = delivery.writes ?? delivery.resource;
  const target = { ...world.bucket(bucket), words, arn: witness(words) };
  const usual = usualScene(delivery.action, target, world.axes(), { [ACTOR]: service(delivery.service) });
  const scene = { ...usual, choices: [...usual.choices, { words: '', context: { ...OF_NO_ORGANIZATION, ...context } }] };
  const decision = judge.decide(scene, world.courts.resource(knownPolicy(bucket.policy)));
  return decision.verdict === 'Allowed' ? undefined : counterexample({ scene, decision }, 'allowed', DELIVERY_FIX);
}));
