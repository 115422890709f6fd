import {
  ACCOUNT_ACTIONS,
  actionsOn,
  asList,
  isAccessPoint,
  KEY_ACTIONS,
  nameOfPolicy,
  PolicyJson,
  StatementJson,
  StatementRules,
} from '../iam';
import { Authorizer, OPEN_BUCKET, UNLIMITED } from './authorizers';
import { PRINCIPAL, Dimension, narrowed, NETWORK, Target } from './candidate-request';
import { actionClasses } from './classes';
import { witness } from './constants';
import { EndpointInput, KeyInput, knownPolicy, ServiceEndpointInput } from './proof-input';
import { RequestSpace } from './request-space';

/** A policy document of a input, and how requests are decided by it while everything else would allow them. */
export interface Document {
  /** What the policy is called in a sentence. */
  readonly name: string;
  /** The ARN or the id of what the policy is attached to. */
  readonly subject: string;
  readonly policy: PolicyJson;
  /** How its statements name principals. */
  readonly principals: StatementRules['principals'];
  /** Whether nothing is allowed without an Allow of this policy, whatever the others say. */
  readonly grants: boolean;
  /** What requests can be about. */
  readonly targets: readonly Target[];
  /** The actions on a target that a statement of the policy could be about. */
  readonly actionsOn: (target: Target, statement: StatementJson) => readonly string[];
  readonly dimensionsOf: (target: Target) => readonly Dimension[];
  /** The policies beside this one that allow as this one does. */
  readonly others?: readonly PolicyJson[];
  /** The same without any policy of the principal's own, where the policy can let it in by itself. */
  readonly alone?: (policy: PolicyJson, target: Target) => Authorizer;
  /** The policies that decide, with a document in the place of this one. */
  readonly authorizer: (policy: PolicyJson, target: Target) => Authorizer;
}

/** The policy documents of a input that are known, guardrails of the organization aside. */
export function documentsOf(space: RequestSpace): readonly Document[] {
  const { role, endpoints, otherEndpoints = [], buckets, logBuckets = [], keys } = space.input;
  return [
    ...role.policies.map((_, index) => ofRole(space, index)),
    ...endpoints.flatMap(endpoint => ofEndpoint(space, endpoint)),
    ...otherEndpoints.filter(({ isShared }) => isShared !== true).map(endpoint => ofOtherEndpoint(space, endpoint)),
    ...[...buckets, ...logBuckets].flatMap(bucket => ofBucket(space, bucket, knownPolicy(bucket.policy))),
    ...keys.flatMap(key => ofKey(space, key, knownPolicy(key.policy))),
    ...(role.trust === undefined ? [] : [ofTrust(space, role.trust)]),
  ];
}

function ofRole(space: RequestSpace, index: number): Document {
  const {
    role: { policies, arn: roleArn },
    buckets,
    keys,
    account,
  } = space.input;
  const workload = (dimensions: readonly Dimension[]) =>
    narrowed(dimensions, PRINCIPAL, ({ principal }) => principal?.kind === 'workload');
  const dimensions = workload(space.dimensions());
  const axesOfKeys = new Map(keys.map(key => [key.arn, workload(space.keyDimensions(key))]));
  return {
    name: nameOfPolicy(policies[index]) ?? (index === 0 ? 'identity policy' : `identity policy #${index + 1}`),
    subject: roleArn,
    policy: policies[index],
    principals: 'none',
    grants: true,
    others: policies.filter((_, at) => at !== index),
    targets: [
      ...buckets.flatMap(bucket => [...space.objects(bucket), space.bucket(bucket)]),
      ...space.foreign(),
      ...keys.map(key => space.key(key)),
      ...space.neighbours(),
      { words: 'the account', arn: '*', account },
    ],
    actionsOn: (target, statement) => actionsFor(policies[index], target, statement),
    dimensionsOf: ({ arn }) => axesOfKeys.get(arn) ?? dimensions,
    authorizer: (policy, target) =>
      space.authorizers.roleWith(
        policies.map((each, at) => (at === index ? policy : each)),
        target.account,
        isKey(target) ? 'key' : 'bucket',
      ),
  };
}

function ofEndpoint(space: RequestSpace, { id, kind, policy: known }: EndpointInput): readonly Document[] {
  const document = knownPolicy(known);
  const dimensions = narrowed(space.dimensions(), NETWORK, ({ network }) => network?.endpointId === id);
  return document === undefined
    ? []
    : [
        {
          name: nameOfPolicy(document) ?? `endpoint policy of ${id}`,
          subject: id,
          policy: document,
          principals: kind === 'gateway' ? 'gateway' : 'named',
          grants: true,
          targets: [
            ...space.input.buckets.flatMap(bucket => [...space.objects(bucket), space.bucket(bucket)]),
            ...space.foreign(),
            ...space.neighbours(),
          ],
          actionsOn: (target, statement) => actionsFor(document, target, statement),
          dimensionsOf: () => dimensions,
          authorizer: endpointPolicy =>
            new Authorizer([endpointPolicy], () => ({
              identityPolicies: UNLIMITED,
              resourcePolicy: OPEN_BUCKET,
              endpointPolicy,
              endpointKind: kind,
            })),
        },
      ];
}

function ofOtherEndpoint(space: RequestSpace, { id, service, policy: document }: ServiceEndpointInput): Document {
  const { account } = space.input;
  const dimensions = space.dimensions();
  return {
    name: nameOfPolicy(document) ?? `endpoint policy of ${service}`,
    subject: id,
    policy: document,
    principals: 'named',
    grants: true,
    targets: [{ words: 'the account', arn: '*', account }],
    actionsOn: (target, statement) => actionsFor(document, target, statement),
    dimensionsOf: () => dimensions,
    authorizer: policy =>
      new Authorizer([policy], () => ({
        identityPolicies: UNLIMITED,
        endpointPolicy: policy,
        endpointKind: 'interface',
      })),
  };
}

function ofBucket(
  space: RequestSpace,
  bucket: { readonly arn: string; readonly account: string },
  document: PolicyJson | undefined,
): readonly Document[] {
  const keyArn = space.input.buckets.find(({ arn }) => arn === bucket.arn)?.encryption?.keyArn;
  const dimensions = space.dimensions(keyArn);
  return document === undefined
    ? []
    : [
        {
          name:
            nameOfPolicy(document) ??
            `${isAccessPoint(bucket.arn) ? 'access point' : 'bucket'} policy of ${bucket.arn}`,
          subject: bucket.arn,
          policy: document,
          principals: 'named',
          grants: false,
          targets: [...space.objects(bucket), space.bucket(bucket)],
          actionsOn: (target, statement) => actionsFor(document, target, statement),
          dimensionsOf: () => dimensions,
          authorizer: policy =>
            new Authorizer([policy], () => ({ identityPolicies: UNLIMITED, resourcePolicy: policy })),
          alone: policy => space.authorizers.alone(policy),
        },
      ];
}

function ofKey(space: RequestSpace, key: KeyInput, document: PolicyJson | undefined): readonly Document[] {
  const dimensions = space.keyDimensions(key);
  return document === undefined
    ? []
    : [
        {
          name: nameOfPolicy(document) ?? `key policy of ${key.arn}`,
          subject: key.arn,
          policy: document,
          principals: 'named',
          grants: true,
          targets: [space.key(key)],
          actionsOn: (target, statement) => actionsFor(document, target, statement),
          dimensionsOf: () => dimensions,
          authorizer: policy =>
            new Authorizer([policy], () => ({
              identityPolicies: UNLIMITED,
              resourcePolicy: policy,
              resourcePolicyKind: 'key',
            })),
          alone: policy => space.authorizers.alone(policy, 'key'),
        },
      ];
}

function ofTrust(space: RequestSpace, document: PolicyJson): Document {
  const dimensions = space.dimensions();
  return {
    name: nameOfPolicy(document) ?? 'trust policy',
    subject: space.input.role.arn,
    policy: document,
    principals: 'named',
    grants: true,
    targets: [space.roleTarget()],
    actionsOn: (_, { Action }) => asList(Action).map(witness),
    dimensionsOf: () => dimensions,
    authorizer: policy =>
      new Authorizer([policy], () => ({
        identityPolicies: UNLIMITED,
        resourcePolicy: policy,
        resourcePolicyKind: 'key',
      })),
  };
}

/** One action for each class that the policy tells apart; those that the statement names itself if no list has them. */
function actionsFor(policy: PolicyJson, target: Target, { Action }: StatementJson): readonly string[] {
  const known = isKey(target) ? KEY_ACTIONS : target.arn === '*' ? ACCOUNT_ACTIONS : actionsOn(target.arn);
  const others = asList(Action)
    .filter(each => !/^(s3|kms):/i.test(each))
    .map(witness);
  return [...actionClasses(known, [policy]), ...others];
}

function isKey({ arn }: Target): boolean {
  return arn.split(':', 3)[2] === 'kms';
}
