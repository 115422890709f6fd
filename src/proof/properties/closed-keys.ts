import type { PolicyJson } from '../../iam';
import { asList } from '../../iam/document';
import { KEY_ACTIONS, KEY_CONTROL_ACTIONS, KEY_USES, S3_KEY_ACTIONS, VOLUME_ACTIONS } from '../../iam/facts/actions';
import { identity } from '../principals';
import { allDenied, Attempt, counterexample, Finding, first, Trial } from '../property-check';
import { actionClasses } from '../classes';
import { witness } from '../constants';
import { exemptionsOf, isOneOf } from '../exemptions';
import { isService } from '../networks';
import { ACTOR, actorOf, Exception, lowered, narrowed, NETWORK, networkOf, Scene, usualScene, valueIn } from '../candidate-request';
import { KeySubject, knownPolicy, policiesIn, rolesOf } from '../proof-input';
import type { World } from '../request-space';

const KEY_FIX = 'let the key policy allow use through S3 only, for the workload\'s role and exemptions; the account as such may only administer';
const ITSELF_FIX = 'name the account as principal of the key policy\'s Allows, and the role in a condition on aws:PrincipalArn';
const GRANTS_FIX = 'deny kms:CreateGrant in the key policy unless kms:GrantIsForAWSResource is true';
const EXEMPT_FIX = 'allow the exempt principals kms:Decrypt and kms:GenerateDataKey through S3 in the key policy';

/** Every use of a key: through S3 by the workload and the exempt, through EC2 for volumes inside the account, otherwise not at all. */
export const keyUse: Attempt = trial => first(trial.world.subject.keys, key => {
  if (key.policy === 'unknown') return trial.assume(`the policy of ${key.arn} keeps everybody else out`);
  const { world, judge } = trial;
  const exempt = world.subject.buckets.filter(({ encryption }) => encryption?.keyArn === key.arn).flatMap(each => exemptionsOf(each, world.subject));
  const users = [...rolesOf(world.subject), ...exempt];
  const except: Exception = {
    axes: {
      [ACTOR]: ({ actor }) => actor !== undefined && isOneOf(users, actor),
      [NETWORK]: ({ network }) => ['s3', 'ec2'].map(service => isService(network?.viaService, service, world.subject)),
      'kms:CallerAccount': ({ context }) => context['kms:CallerAccount'] === key.account,
      'kms:grantisforawsresource': ({ context }) => lowered(context).get('kms:grantisforawsresource') === 'true',
    },
    holds: scene => isMeant(scene, world, key, users),
  };
  const court = world.courts.resource(key.policy, 'key');
  const axes = world.keyAxes(key);
  const uses = actionClasses(KEY_USES, [key.policy], [S3_KEY_ACTIONS, VOLUME_ACTIONS, ['kms:CreateGrant']]);
  return byItself(trial, key) ?? outsiders(trial, key) ?? otherGrants(trial, key)
    ?? first(uses, action => allDenied(judge, { action, target: world.key(key), axes }, court, KEY_FIX, except))
    ?? (key.dedicated ? exemptUseKey(trial, key, exempt.map(witness)) : undefined);
});

/** A key that serves others too may be used by its account as its account likes. */
function isMeant(scene: Scene, { subject }: World, key: KeySubject, users: readonly string[]): boolean {
  const actor = actorOf(scene);
  const { viaService } = networkOf(scene);
  if (!key.dedicated && actor.account !== undefined && [key.account, subject.account].includes(actor.account)) return true;
  const forVolume = VOLUME_ACTIONS.includes(scene.action) && isService(viaService, 'ec2', subject)
    && actor.account === key.account && valueIn(scene, 'kms:CallerAccount') === key.account
    && (scene.action !== 'kms:CreateGrant' || valueIn(scene, 'kms:GrantIsForAWSResource') === 'true');
  return forVolume || (S3_KEY_ACTIONS.includes(scene.action) && isService(viaService, 's3', subject) && isOneOf(users, actor));
}

/** Without identity policies, the policy of a key that was made for the workload grants nothing. */
function byItself({ world, judge }: Trial, key: KeySubject): Finding {
  if (!key.dedicated) return undefined;
  const axes = narrowed(world.keyAxes(key), ACTOR, ({ actor }) => actor?.kind === 'workload' || actor?.kind === 'identity');
  const court = world.courts.alone(knownPolicy(key.policy), 'key');
  return first(actionClasses(KEY_ACTIONS, policiesIn([key.policy])), action =>
    allDenied(judge, { action, target: world.key(key), axes }, court, ITSELF_FIX));
}

/** Nobody from outside the accounts administers the key either. */
function outsiders({ world, judge }: Trial, key: KeySubject): Finding {
  const accounts = new Set([key.account, world.subject.account]);
  const axes = narrowed(world.keyAxes(key), ACTOR, ({ actor }) => actor?.account === undefined || !accounts.has(actor.account));
  const court = world.courts.resource(knownPolicy(key.policy), 'key');
  return first(actionClasses(KEY_CONTROL_ACTIONS, policiesIn([key.policy])), action =>
    allDenied(judge, { action, target: world.key(key), axes }, court, KEY_FIX));
}

/** A grant hands the key on: whatever somebody adds to the policy of a dedicated key, only AWS resources get one. */
function otherGrants({ world, judge }: Trial, key: KeySubject): Finding {
  if (!key.dedicated) return undefined;
  const policy = knownPolicy(key.policy);
  const open: PolicyJson = { Version: '2012-10-17', ...policy, Statement: [...asList(policy?.Statement), ...asList(OPEN.Statement)] };
  const axes = narrowed(narrowed(world.keyAxes(key), ACTOR, ({ actor }) => actor?.kind !== 'service'), 'kms:grantisforawsresource', ({ words }) => !words.endsWith(' true'));
  return allDenied(judge, { action: 'kms:CreateGrant', target: world.key(key), axes }, world.courts.resource(open, 'key'), GRANTS_FIX);
}

const OPEN: PolicyJson = { Statement: [{ Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*' }] };

function exemptUseKey({ world, judge }: Trial, key: KeySubject, arns: readonly string[]): Finding {
  return first(arns, arn => first(S3_KEY_ACTIONS, action => {
    const scene = usualScene(action, world.key(key), world.keyAxes(key), { [ACTOR]: identity(`the exempt principal ${arn}`, arn) });
    const decision = judge.decide(scene, world.courts.resource(knownPolicy(key.policy), 'key'));
    return decision.verdict === 'Allowed' ? undefined : counterexample({ scene, decision }, 'allowed', EXEMPT_FIX);
  }));
}
