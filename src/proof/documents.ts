import { ACCOUNT_ACTIONS, actionsOn, KEY_ACTIONS } from '../iam/facts/actions';
import { actionClasses } from './classes';
import { witness } from './constants';
import { Court, OPEN_BUCKET, UNLIMITED } from './authorizers';
import { ACTOR, Axis, narrowed, NETWORK, Target } from './candidate-request';
import { EndpointSubject, KeySubject, knownPolicy } from './proof-input';
import { World } from './request-space';
import type { PolicyJson, StatementJson } from '../iam';
import { asList } from '../iam/document';
import { isAccessPoint } from '../iam/s3-arn';
import type { StatementRules } from '../iam/statement';

/** A policy document of a subject, and how requests are decided by it while everything else would allow them. */
export interface Document {
  /** What the policy is called in a sentence. */
  readonly name: string;
  readonly policy: PolicyJson;
  /** How its statements name principals. */
  readonly principals: StatementRules['principals'];
  /** Whether nothing is allowed without an Allow of this policy, whatever the others say. */
  readonly grants: boolean;
  /** What requests can be about. */
  readonly targets: readonly Target[];
  /** The actions on a target that a statement of the policy could be about. */
  readonly actionsOn: (target: Target, statement: StatementJson) => readonly string[];
  readonly axesOf: (target: Target) => readonly Axis[];
  /** The policies that decide, with a document in the place of this one. */
  readonly court: (policy: PolicyJson, target: Target) => Court;
}

/** The policy documents of a subject that are known, guardrails of the organization aside. */
export function documentsOf(world: World): readonly Document[] {
  const { role, endpoints, otherEndpoints = [], buckets, logBuckets = [], keys } = world.subject;
  return [
    ...role.policies.map((_, index) => ofRole(world, index)),
    ...endpoints.flatMap(endpoint => ofEndpoint(world, endpoint)),
    ...otherEndpoints.map(({ service, policy }) => ofOtherEndpoint(world, service, policy)),
    ...[...buckets, ...logBuckets].flatMap(bucket => ofBucket(world, bucket, knownPolicy(bucket.policy))),
    ...keys.flatMap(key => ofKey(world, key, knownPolicy(key.policy))),
    ...role.trust === undefined ? [] : [ofTrust(world, role.trust)],
  ];
}

function ofRole(world: World, index: number): Document {
  const { role: { policies }, buckets, keys, account } = world.subject;
  const workload = (axes: readonly Axis[]) => narrowed(axes, ACTOR, ({ actor }) => actor?.kind === 'workload');
  const axes = workload(world.axes());
  const axesOfKeys = new Map(keys.map(key => [key.arn, workload(world.keyAxes(key))]));
  return {
    name: index === 0 ? 'identity policy' : `identity policy #${index + 1}`,
    policy: policies[index],
    principals: 'none',
    grants: true,
    targets: [
      ...buckets.flatMap(bucket => [...world.objects(bucket), world.bucket(bucket)]), ...world.foreign(), ...keys.map(key => world.key(key)),
      ...world.neighbours(), { words: 'the account', arn: '*', account, context: {} },
    ],
    actionsOn: (target, statement) => actionsFor(policies[index], target, statement),
    axesOf: ({ arn }) => axesOfKeys.get(arn) ?? axes,
    court: (policy, target) => world.courts.roleWith(policies.map((each, at) => at === index ? policy : each), target.account, isKey(target) ? 'key' : 'bucket'),
  };
}

function ofEndpoint(world: World, { id, kind, policy: known }: EndpointSubject): readonly Document[] {
  const document = knownPolicy(known);
  const axes = narrowed(world.axes(), NETWORK, ({ network }) => network?.endpointId === id);
  return document === undefined ? [] : [{
    name: `endpoint policy of ${id}`,
    policy: document,
    principals: kind === 'gateway' ? 'gateway' : 'named',
    grants: true,
    targets: [
      ...world.subject.buckets.flatMap(bucket => [...world.objects(bucket), world.bucket(bucket)]), ...world.foreign(), ...world.neighbours(),
    ],
    actionsOn: (target, statement) => actionsFor(document, target, statement),
    axesOf: () => axes,
    court: endpointPolicy => new Court(
      [endpointPolicy], () => ({ identityPolicies: UNLIMITED, resourcePolicy: OPEN_BUCKET, endpointPolicy, endpointKind: kind })),
  }];
}

function ofOtherEndpoint(world: World, service: string, document: PolicyJson): Document {
  const { account } = world.subject;
  const axes = world.axes();
  return {
    name: `endpoint policy of ${service}`,
    policy: document,
    principals: 'named',
    grants: true,
    targets: [{ words: 'the account', arn: '*', account, context: {} }],
    actionsOn: (target, statement) => actionsFor(document, target, statement),
    axesOf: () => axes,
    court: policy => new Court([policy], () => ({ identityPolicies: UNLIMITED, endpointPolicy: policy, endpointKind: 'interface' })),
  };
}

function ofBucket(world: World, bucket: { readonly arn: string; readonly account: string }, document: PolicyJson | undefined): readonly Document[] {
  const keyArn = world.subject.buckets.find(({ arn }) => arn === bucket.arn)?.encryption?.keyArn;
  const axes = world.axes(keyArn);
  return document === undefined ? [] : [{
    name: `${isAccessPoint(bucket.arn) ? 'access point' : 'bucket'} policy of ${bucket.arn}`,
    policy: document,
    principals: 'named',
    grants: false,
    targets: [...world.objects(bucket), world.bucket(bucket)],
    actionsOn: (target, statement) => actionsFor(document, target, statement),
    axesOf: () => axes,
    court: policy => new Court([policy], () => ({ identityPolicies: UNLIMITED, resourcePolicy: policy })),
  }];
}

function ofKey(world: World, key: KeySubject, document: PolicyJson | undefined): readonly Document[] {
  const axes = world.keyAxes(key);
  return document === undefined ? [] : [{
    name: `key policy of ${key.arn}`,
    policy: document,
    principals: 'named',
    grants: true,
    targets: [world.key(key)],
    actionsOn: (target, statement) => actionsFor(document, target, statement),
    axesOf: () => axes,
    court: policy => new Court([policy], () => ({ identityPolicies: UNLIMITED, resourcePolicy: policy, resourcePolicyKind: 'key' })),
  }];
}

function ofTrust(world: World, document: PolicyJson): Document {
  const axes = world.axes();
  return {
    name: 'trust policy',
    policy: document,
    principals: 'named',
    grants: true,
    targets: [world.roleTarget()],
    actionsOn: (_, { Action }) => asList(Action).map(witness),
    axesOf: () => axes,
    court: policy => new Court([policy], () => ({ identityPolicies: UNLIMITED, resourcePolicy: policy, resourcePolicyKind: 'key' })),
  };
}

/** One action for each class that the policy tells apart; those that the statement names itself if no list has them. */
function actionsFor(policy: PolicyJson, target: Target, { Action }: StatementJson): readonly string[] {
  const known = isKey(target) ? KEY_ACTIONS : target.arn === '*' ? ACCOUNT_ACTIONS : actionsOn(target.arn);
  const others = asList(Action).filter(each => !/^(s3|kms):/i.test(each)).map(witness);
  return [...actionClasses(known, [policy]), ...others];
}

function isKey({ arn }: Target): boolean {
  return arn.split(':', 3)[2] === 'kms';
}
