import { keyActionsFor, KEY_USES, OBJECT_ACTIONS } from '../../iam/facts/actions';
import { STRANGER } from '../principals';
import { allDenied, Attempt, counterexample, Finding, first, Trial } from '../property-check';
import { actionClasses } from '../classes';
import { isSpecific } from '../grants';
import { isS3OfKey } from '../networks';
import { ACTOR, Axis, narrowed, narrowedToUsual, NETWORK, networkOf, Scene, usualScene } from '../candidate-request';
import { scenesOf } from '../counterexample-search';
import { KeySubject } from '../proof-input';
import type { World } from '../request-space';

const GRANT_FIX = 'allow it through S3 (kms:ViaService) in the role\'s policy and in the key policy, for the workload\'s role; or take it out of both';
const EXCESS_FIX = 'name the keys of the data buckets as the resources of the role\'s kms actions';

/** The role can use the keys of its buckets as far as its access to the objects needs it, and no other keys. */
export const keysWork: Attempt = trial => first(trial.world.subject.keys, key => {
  const { world } = trial;
  const needed = neededActions(trial, key);
  const axes = narrowedToUsual(workloadAxes(world, key), ({ name }) => name === NETWORK || !world.affiliations.some(each => each.name === name));
  const usual = narrowed(axes, 'kms:CallerAccount', ({ words }) => words === '');
  const policies = [...world.rolePolicies(), ...key.policy === 'unknown' ? [] : [key.policy]];
  if (key.policy === 'unknown') trial.assume(`the policy of ${key.arn} lets the workload use the key through S3`);
  return first(actionClasses(KEY_USES, policies, [[...needed]]), action => {
    const scenes = scenesOf({ action, target: world.key(key), axes: usual }, policies, [NETWORK]);
    return first(scenes, scene => agreedOn(trial, scene, key, needed));
  });
}) ?? otherKeys(trial);

function agreedOn({ world, judge }: Trial, scene: Scene, key: KeySubject, needed: ReadonlySet<string>): Finding {
  const court = key.policy === 'unknown' ? world.courts.role(key.account, 'key') : world.courts.roleAndKey(key.policy);
  const decision = judge.decide(scene, court);
  const isGranted = decision.verdict === 'Allowed';
  const isNeeded = needed.has(scene.action) && isS3OfKey(networkOf(scene).viaService, key, world.subject);
  const isNamed = isNeeded || judge.allows(scene, world.courts.role(key.account, 'key'))
    || (key.policy !== 'unknown' && isSpecific(judge, world, scene, world.courts.resource(key.policy, 'key')));
  return isNamed && !isGranted ? counterexample({ scene, decision }, 'allowed', GRANT_FIX) : undefined;
}

/** The role's own policies name their keys. */
const otherKeys: Attempt = ({ world, judge }) => {
  const { partition, region, account } = world.subject;
  const keys = [account, STRANGER].map((owner): KeySubject => (
    { arn: `arn:${partition}:kms:${region}:${owner}:key/another`, account: owner, policy: 'unknown', dedicated: false }));
  return first(keys, key => first(actionClasses(KEY_USES, world.rolePolicies()), action =>
    allDenied(judge, { action, target: world.key(key), axes: workloadAxes(world, key) }, world.courts.role(key.account, 'key'), EXCESS_FIX)));
};

/** What S3 does with the key when the role does what it may do with the objects. */
function neededActions({ world, judge }: Trial, key: KeySubject): ReadonlySet<string> {
  const buckets = world.subject.buckets.filter(({ encryption }) => encryption?.keyArn === key.arn);
  const axes = narrowed(world.axes(), ACTOR, ({ actor }) => actor?.kind === 'workload');
  const actions = OBJECT_ACTIONS.filter(action => keyActionsFor(action).length > 0);
  return new Set(buckets.flatMap(bucket => actions
    .filter(action => world.objects(bucket).some(target => judge.allows(usualScene(action, target, axes), world.courts.role(bucket.account))))
    .flatMap(keyActionsFor)));
}

function workloadAxes(world: World, key: KeySubject): readonly Axis[] {
  return narrowed(world.keyAxes(key), ACTOR, ({ actor }) => actor?.kind === 'workload');
}
