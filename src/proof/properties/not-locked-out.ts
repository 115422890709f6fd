import type { PolicyJson } from '../../iam';
import { isAccessPoint } from '../../iam/s3-arn';
import { ACCESS_POINT_CONTROL_ACTIONS, CONTROL_ACTIONS, KEY_CONTROL_ACTIONS, VOLUME_ACTIONS } from '../../iam/facts/actions';
import { GOOD_TRANSPORTS } from '../dimensions';
import { Attempt, ClaimResult, counterexample, Finding, first, Trial, tryClaim } from '../property-check';
import { actionClasses } from '../classes';
import { isService } from '../networks';
import { ACTOR, Actor, Axis, Choice, narrowed, narrowedToUsual, NETWORK, Scene } from '../candidate-request';
import { scenesOf, Space } from '../counterexample-search';
import { BucketSubject, isOwners, KeySubject, LogBucketSubject, policiesIn, ProofSubject } from '../proof-input';
import { World } from '../request-space';

const BUCKET_FIX = 'deny s3:* on the objects only: actions on the bucket itself are its configuration, which CloudFormation and administrators need';
const LIST_FIX = 'spare CloudFormation\'s ways in from the Deny of s3:ListBucket: its execution role, StackSets\' roles, and aws:CalledViaFirst';
const KEY_FIX = 'let the account of the key administer it: an Allow for the account as principal with the actions on the key\'s configuration';
const VOLUME_FIX = 'let EC2 use the key for volumes of the account, and deny grants only where they are not for AWS resources';

/**
 * *Not locked out*: in every state that a deployment can pass or leave behind, no resource policy keeps CloudFormation, an administrator or the
 * root user from the configuration of a bucket or a key.
 *
 * Each resource has its own policy, and no other policy counts for these principals, who have unlimited identity policies and come from outside the
 * endpoint. So the subsets of the template that are closed under its dependencies come down to: each policy on its own, absent or present; and, on
 * an update, also the previous one.
 */
export function notLockedOut(world: World, previous?: ProofSubject): ClaimResult {
  const states = [world, ...previous === undefined ? [] : [new World(previous)]];
  return tryClaim('not-locked-out', states.map(stateOf), world);
}

function stateOf(world: World): Attempt {
  const { buckets, logBuckets = [], keys } = world.subject;
  return trial => first([...buckets, ...logBuckets], bucket => configuration(trial, world, bucket))
    ?? first(keys, key => keyConfiguration(trial, world, key))
    ?? first(keys, key => key.dedicated ? volumes(trial, world, key) : undefined);
}

function configuration(trial: Trial, world: World, bucket: BucketSubject | LogBucketSubject): Finding {
  const { policy } = bucket;
  if (policy === 'unknown' || isOwners(bucket)) return trial.assume(`the policy of ${bucket.arn} locks nobody out`);
  const ways = narrowed(managers(world.axes()), NETWORK, ({ network }) => network?.kind !== 'endpoint' && network?.kind !== 'service');
  const axes = narrowed(ways, 'transport', ({ words }) => GOOD_TRANSPORTS.includes(words));
  const target = world.bucket(bucket);
  const deployers = narrowed(axes, ACTOR, ({ actor }) => actor?.manages === 'as deployer');
  const throughCloudFormation = isAccessPoint(bucket.arn) ? [] : ['s3:ListBucket'];
  return first([undefined, policy], state => first(actionClasses(configuring(bucket.arn), policiesIn([state])), action =>
    notDenied(trial, world, { action, target, axes }, state, BUCKET_FIX))
    ?? first(throughCloudFormation, action => notDenied(trial, world, { action, target, axes: deployers }, state, LIST_FIX)));
}

function configuring(arn: string): readonly string[] {
  return isAccessPoint(arn) ? ACCESS_POINT_CONTROL_ACTIONS : CONTROL_ACTIONS;
}

function notDenied({ judge }: Trial, world: World, space: Space, state: PolicyJson | undefined, fix: string, kind: 'bucket' | 'key' = 'bucket'): Finding {
  const court = world.courts.unguarded(state, kind);
  return first(scenesOf(space, court.documents), scene => {
    const decision = judge.decide(scene, court);
    return decision.verdict === 'ExplicitlyDenied' ? counterexample({ scene, decision }, 'not denied', fix) : undefined;
  });
}

/** A key always has a policy, so it has to allow, too. */
function keyConfiguration(trial: Trial, world: World, key: KeySubject): Finding {
  const { policy } = key;
  if (policy === 'unknown' || key.account !== world.subject.account) return trial.assume(`the policy of ${key.arn} locks nobody out`);
  const target = world.key(key);
  const axes = narrowed(managers(world.keyAxes(key)), NETWORK, ({ network }) => network?.kind === 'internet');
  return first(actionClasses(KEY_CONTROL_ACTIONS, [policy]), action =>
    notDenied(trial, world, { action, target, axes }, policy, KEY_FIX, 'key') ?? allowed(trial, world, { action, target, axes }, policy, KEY_FIX));
}

/** CloudFormation starts instances whose volumes are encrypted with the key: EC2 uses it with CloudFormation's credentials. */
function volumes(trial: Trial, world: World, key: KeySubject): Finding {
  if (key.policy === 'unknown') return undefined;
  const { policy } = key;
  const axes = narrowed(managers(world.keyAxes(key)), NETWORK, ({ network }) => isService(network?.viaService, 'ec2', world.subject));
  return first(actionClasses(VOLUME_ACTIONS, [policy], [['kms:CreateGrant']]), action =>
    allowed(trial, world, { action, target: world.key(key), axes }, policy, VOLUME_FIX, action === 'kms:CreateGrant' ? [FOR_AWS] : []));
}

const FOR_AWS: Choice = { words: 'for an AWS resource', context: { 'kms:GrantIsForAWSResource': 'true' } };

function allowed(
  { judge }: Trial, world: World, { action, target, axes }: Space, policy: PolicyJson, fix: string, more: readonly Choice[] = [],
): Finding {
  const court = world.courts.unguarded(policy, 'key');
  const usual = narrowedToUsual(axes, ({ name }) => name === ACTOR);
  return first(scenesOf({ action, target, axes: usual }, court.documents), ({ choices }) => {
    const scene: Scene = { action, target, choices: [...choices, ...more] };
    const decision = judge.decide(scene, court);
    return decision.verdict === 'Allowed' ? undefined : counterexample({ scene, decision }, 'allowed', fix);
  });
}

function managers(axes: readonly Axis[]): readonly Axis[] {
  const manages = ({ actor }: { readonly actor?: Actor }) => actor?.manages !== undefined;
  return narrowed(axes, ACTOR, manages);
}
