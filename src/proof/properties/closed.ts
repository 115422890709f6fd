import { accessPointsToWorkloads } from './closed-access-points';
import { keyUse } from './closed-keys';
import { deliveriesOnly } from './closed-logs';
import { endpointToVisitors } from './closed-visitors';
import { actionsOn, BUCKET_ACTIONS, LIST_ACTIONS } from '../../iam/facts/actions';
import { deployersOf, identity } from '../principals';
import { allDenied, Attempt, ClaimResult, counterexample, Finding, first, Trial, tryClaim } from '../property-check';
import { actionClasses, targetClasses } from '../classes';
import { witness } from '../constants';
import { OPEN_BUCKET } from '../authorizers';
import { exemptionsOf, isOneOf, looksAt } from '../exemptions';
import { ACTOR, Actor, actorOf, Axis, Exception, narrowed, NETWORK, Scene, usualScene, valueIn } from '../candidate-request';
import { objectSpaces } from '../request-slices';
import { BucketSubject, isOwners, knownPolicy, policiesIn, rolesOf } from '../proof-input';
import { World } from '../request-space';

const NETWORK_FIX = 'deny s3:* on the objects in the bucket policy unless aws:SourceVpce is the endpoint\'s, with a plain StringNotEquals';
const OTHERS_FIX = 'deny s3:* on the objects in the bucket policy unless aws:PrincipalArn is the workload\'s role or an exemption';
const OUTSIDER_FIX = 'remove the Allow, or name the account that may use it; an Allow for a service needs aws:SourceAccount';
const ENDPOINT_FIX = 'name the workload\'s role by aws:PrincipalArn in every Allow of the endpoint policy, except for buckets of AWS';
const GRANT_FIX = 'remove the Allow from the bucket policy and grant the access with the access list';
const LIST_FIX = 'deny the list actions in the bucket policy unless aws:SourceVpce is the endpoint\'s; spare CloudFormation\'s ways in for s3:ListBucket';
const EXEMPT_FIX = 'spare the same principals in every statement that denies by network or by principal';
const ORGANIZATION_FIX = 'deny s3:* on the objects unless aws:PrincipalOrgID is yours, and where ForAllValues:StringNotLike aws:PrincipalOrgPaths holds';

/** Service-managed StackSets append an id to this name. */
const STACKSETS = /^arn:[^:]+:iam::\d{12}:role\/stacksets-exec-[^/]+$/;

type BucketAttempt = (trial: Trial, bucket: BucketSubject) => Finding;

/**
 * *Closed*: even with unlimited identity policies, every action on an object of a data bucket is denied without the endpoint's id, unless the
 * principal is exempt; and through the endpoint to everybody but the workload's roles. Buckets and keys that were made for the workload have to
 * refuse everybody else by their own policies, whatever the endpoint's policy allows; lists of their objects are closed like the objects.
 */
export function closed(world: World): ClaimResult {
  const attempts: readonly BucketAttempt[] = [
    objectsOutsideEndpoint, objectsToOthers, outsiders, byItself, listsOutsideEndpoint, outsideOrganization, exemptEverywhere,
  ];
  const buckets: Attempt = trial => first(trial.world.subject.buckets.filter(({ accessPointOf }) => accessPointOf === undefined), bucket => {
    if (isOwners(bucket)) return trial.assume(`the policy of ${bucket.arn} keeps everybody else out`);
    return first(attempts, attempt => attempt(trial, bucket));
  });
  return tryClaim('closed', [buckets, accessPointsToWorkloads, endpointToOthers, endpointToVisitors, keyUse, deliveriesOnly], world);
}

const objectsOutsideEndpoint: BucketAttempt = ({ world, judge }, bucket) => {
  const policy = world.holding(bucket, ['aws:SourceVpce']);
  const axes = outsideEndpoint(world, bucket);
  const exempt = exceptExempt(world, bucket);
  return first(objectSpaces(world, bucket, axes, [policy]), space =>
    allDenied(judge, space, world.courts.resource(policy), NETWORK_FIX, exempt));
};

const objectsToOthers: BucketAttempt = ({ world, judge, assume }, bucket) => {
  const { endpoints } = world.subject;
  const workloads = rolesOf(world.subject);
  const unknown = bucket.dedicated ? [] : endpoints.filter(({ policy }) => policy === 'unknown').map(({ id }) => id);
  unknown.forEach(id => assume(`the policy of ${id} lets nobody else through`));
  const inside = narrowed(axesFor(world, bucket), NETWORK, ({ network }) => network?.kind === 'endpoint' && !unknown.includes(network.endpointId ?? ''));
  const others = narrowed(inside, ACTOR, ({ actor }) => actor !== undefined && !isOneOf(workloads, actor));
  const policy = world.holding(bucket);
  const documents = [policy, ...bucket.dedicated ? [] : world.endpointPolicies()];
  const court = bucket.dedicated ? world.courts.resource(policy) : world.courts.endpoint(policy);
  const exempt = exceptExempt(world, bucket);
  return first(objectSpaces(world, bucket, others, documents), space => allDenied(judge, space, court, OTHERS_FIX, exempt));
};

/**
 * An endpoint that was made for the workload lets nobody else to the data buckets, whatever their policies allow. Whom the bucket exempts gets in from
 * anywhere: the endpoint may let the exempt through as well.
 */
const endpointToOthers: Attempt = ({ world, judge }) => first(world.subject.endpoints, ({ id, policy, dedicated }) => {
  if (!dedicated || policy === 'unknown') return undefined;
  const workloads = rolesOf(world.subject);
  const through = narrowed(world.axes(), NETWORK, ({ network }) => network?.endpointId === id);
  const axes = narrowed(through, ACTOR, ({ actor }) => actor !== undefined && !isOneOf(workloads, actor));
  const documents = policiesIn([policy]);
  return first(world.subject.buckets, bucket => {
    const exempt = exemptionsOf(bucket, world.subject);
    const except: Exception = {
      axes: { [ACTOR]: ({ actor }) => actor !== undefined && isOneOf(exempt, actor) }, holds: scene => isOneOf(exempt, actorOf(scene)),
    };
    return first([...targetClasses(world.objects(bucket), documents), world.bucket(bucket)], target =>
      first(actionClasses(actionsOn(target.arn), documents), action =>
        allDenied(judge, { action, target, axes }, world.courts.endpoint(OPEN_BUCKET), ENDPOINT_FIX, except)));
  });
});

/** Nobody from outside the accounts does anything at all, not even with the bucket's configuration. */
const outsiders: BucketAttempt = ({ world, judge }, bucket) => {
  const accounts = new Set([bucket.account, world.subject.account]);
  const axes = narrowed(axesFor(world, bucket), ACTOR, ({ actor }) => actor?.account === undefined || !accounts.has(actor.account));
  const court = world.courts.resource(knownPolicy(bucket.policy));
  const exempt = exceptExempt(world, bucket);
  return first(actionClasses(BUCKET_ACTIONS, policiesIn([bucket.policy])), action =>
    allDenied(judge, { action, target: world.bucket(bucket), axes }, court, OUTSIDER_FIX, exempt));
};

/** The policy of a bucket that was made for the workload grants nothing by itself: it would bypass permissions boundaries and need no other policy. */
const byItself: BucketAttempt = ({ world, judge }, bucket) => {
  if (!bucket.dedicated) return undefined;
  const axes = narrowed(axesFor(world, bucket), ACTOR, ({ actor }) => actor?.kind === 'workload' || actor?.kind === 'identity');
  const court = world.courts.alone(knownPolicy(bucket.policy));
  const documents = policiesIn([bucket.policy]);
  const targets = [...targetClasses(world.objects(bucket), documents), world.bucket(bucket)];
  return first(targets, target => first(actionClasses(actionsOn(target.arn), documents), action =>
    allDenied(judge, { action, target, axes }, court, GRANT_FIX)));
};

const listsOutsideEndpoint: BucketAttempt = ({ world, judge }, bucket) => {
  if (!bucket.dedicated) return undefined;
  const axes = outsideEndpoint(world, bucket);
  const court = world.courts.resource(world.holding(bucket, ['aws:SourceVpce']));
  const exempt = exceptExempt(world, bucket);
  const exemptArns = exemptionsOf(bucket, world.subject);
  const forListing: Exception = {
    ...exempt,
    holds: scene => exempt.holds(scene) || isDeployer(actorOf(scene), world),
    axes: { ...exempt.axes, [ACTOR]: ({ actor }) => actor !== undefined && [isOneOf(exemptArns, actor), isDeployer(actor, world)] },
  };
  return first(LIST_ACTIONS, action =>
    allDenied(judge, { action, target: world.bucket(bucket), axes }, court, LIST_FIX, action === 's3:ListBucket' ? forListing : exempt));
};

/** Where policies name an organization, a unit of it, or accounts, nobody outside reaches the objects, not even the exempt. */
const outsideOrganization: BucketAttempt = ({ world, judge }, bucket) => {
  if (!bucket.dedicated) return undefined;
  const axes = narrowed(axesFor(world, bucket), ACTOR, ({ actor }) => actor?.kind !== 'service');
  const named = [
    ...world.organization.filter(({ keys }) => world.ownPolicies().some(policy => looksAt(policy, [...keys]))),
    ...world.principalAccount.filter(({ keys }) => looksAt(knownPolicy(bucket.policy), [...keys])),
  ];
  return first(named, ({ name, keys, choices: [inside] }) => {
    const policy = world.holding(bucket, [...keys]);
    return first(objectSpaces(world, bucket, narrowed(axes, name, choice => choice !== inside), [policy]), space =>
      allDenied(judge, space, world.courts.resource(policy), ORGANIZATION_FIX));
  });
};

/** Half an exemption locks somebody out who is meant to get in. */
const exemptEverywhere: BucketAttempt = ({ world, judge }, bucket) => {
  const internet = world.networks.choices.find(({ network }) => network?.kind === 'internet');
  const requests = [...world.objects(bucket).flatMap(target => ['s3:GetObject', 's3:PutObject'].map(action => ({ action, target }))),
    ...LIST_ACTIONS.map(action => ({ action, target: world.bucket(bucket) }))];
  return first(exemptionsOf(bucket, world.subject).map(witness), arn => first(requests, ({ action, target }) => {
    const picked = { [ACTOR]: identity(`the exempt principal ${arn}`, arn), ...internet === undefined ? {} : { [NETWORK]: internet } };
    const scene = usualScene(action, target, axesFor(world, bucket), picked);
    const decision = judge.decide(scene, world.courts.resource(knownPolicy(bucket.policy)));
    return decision.verdict === 'ExplicitlyDenied' ? counterexample({ scene, decision }, 'not denied', EXEMPT_FIX) : undefined;
  }));
};

function axesFor(world: World, { encryption }: BucketSubject): readonly Axis[] {
  return world.axes(encryption?.keyArn);
}

function outsideEndpoint(world: World, bucket: BucketSubject): readonly Axis[] {
  return narrowed(axesFor(world, bucket), NETWORK, ({ network }) => network?.kind !== 'endpoint');
}

/** The exempt, and what a service does for this account: that is a matter of configuration. */
function exceptExempt(world: World, bucket: BucketSubject): Exception {
  const exempt = exemptionsOf(bucket, world.subject);
  const forAccount = (scene: Scene) => actorOf(scene).kind === 'service' && valueIn(scene, 'aws:SourceAccount') === world.subject.account;
  return {
    axes: { [ACTOR]: ({ actor }) => actor !== undefined && isOneOf(exempt, actor), 'aws:sourceaccount': 'everything' },
    holds: scene => isOneOf(exempt, actorOf(scene)) || forAccount(scene),
  };
}

function isDeployer(actor: Actor, { subject }: World): boolean {
  return actor.throughCloudFormation === true || isOneOf(deployersOf(subject), actor)
    || (actor.account === subject.account && STACKSETS.test(actor.arn ?? ''));
}
