import { KEY_USES, S3_KEY_ACTIONS, VOLUME_ACTIONS } from '../actions';
import { identity } from '../actors';
import { allDenied, Attempt, counterexample, Finding, first, Trial } from '../claim';
import { actionClasses } from '../classes';
import { witness } from '../constants';
import { exemptionsOf, isOneOf } from '../exemptions';
import { isService } from '../networks';
import { actorOf, networkOf, Scene, usualScene, valueIn } from '../scene';
import { ACTOR, NETWORK } from '../search';
import { KeySubject, knownPolicy } from '../subject';
import type { World } from '../world';
import type { PolicyJson } from '../../policy';

const KEY_FIX = 'let the key policy allow use through S3 only, for the workload\'s role and exemptions; the account as such may only administer';
const EXEMPT_FIX = 'allow the exempt principals kms:Decrypt and kms:GenerateDataKey through S3 in the key policy';

/** What is meant to be allowed, as constants that make classes of actions. */
const MEANT: PolicyJson = { Statement: [S3_KEY_ACTIONS, VOLUME_ACTIONS].map(Action => ({ Effect: 'Allow', Action })) };

/** Every use of a key: through S3 by the workload and the exempt, through EC2 for volumes inside the account, otherwise not at all. */
export const keyUse: Attempt = trial => first(trial.world.subject.keys, key => {
  if (key.policy === 'unknown') return trial.assume(`the policy of ${key.arn} keeps everybody else out`);
  const { world, judge } = trial;
  const exempt = world.subject.buckets.filter(({ encryption }) => encryption?.keyArn === key.arn).flatMap(each => exemptionsOf(each, world.subject));
  const except = { axes: [ACTOR, NETWORK, 'kms:CallerAccount'], holds: (scene: Scene) => isMeant(scene, world, key, exempt) };
  const court = world.resourceCourt(key.policy, 'key');
  return first(actionClasses(KEY_USES, [key.policy, MEANT]), action => allDenied(judge, { action, target: world.key(key), axes: world.keyAxes(key) }, court, KEY_FIX, except))
    ?? (key.dedicated ? exemptUseKey(trial, key, exempt.map(witness)) : undefined);
});

/** A key that serves others too may be used by its account as its account likes. */
function isMeant(scene: Scene, { subject }: World, key: KeySubject, exempt: readonly string[]): boolean {
  const actor = actorOf(scene);
  const { viaService } = networkOf(scene);
  if (!key.dedicated && actor.account !== undefined && [key.account, subject.account].includes(actor.account)) return true;
  const users = [subject.role.arn, ...subject.peers?.roleArns ?? [], ...exempt];
  const forVolume = VOLUME_ACTIONS.includes(scene.action) && isService(viaService, 'ec2', subject)
    && actor.account === key.account && valueIn(scene, 'kms:CallerAccount') === key.account;
  return forVolume || (S3_KEY_ACTIONS.includes(scene.action) && isService(viaService, 's3', subject) && isOneOf(users, actor));
}

function exemptUseKey({ world, judge }: Trial, key: KeySubject, arns: readonly string[]): Finding {
  return first(arns, arn => first(S3_KEY_ACTIONS, action => {
    const scene = usualScene(action, world.key(key), world.keyAxes(key), { [ACTOR]: identity(`the exempt principal ${arn}`, arn) });
    const decision = judge.decide(scene, world.resourceCourt(knownPolicy(key.policy), 'key')(scene));
    return decision.verdict === 'Allowed' ? undefined : counterexample({ scene, decision }, 'allowed', EXEMPT_FIX);
  }));
}
