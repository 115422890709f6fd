import { keysWork } from './works-keys';
import { servicesWork } from './works-services';
import { ACCOUNT_ACTIONS, actionsOn, BUCKET_ACTIONS, OBJECT_ACTIONS } from '../../iam/facts/actions';
import { STRANGER } from '../principals';
import { isTrusted } from '../aws-owned-buckets';
import { GOOD_TRANSPORTS, HEADERS, headersFor } from '../dimensions';
import { Attempt, ClaimResult, counterexample, Finding, first, Trial, tryClaim } from '../property-check';
import { actionClasses } from '../classes';
import { witness } from '../constants';
import { Court, OPEN_BUCKET } from '../authorizers';
import { declaredConstants, isDeclared, isSpecific } from '../grants';
import { ACTOR, Axis, Choice, narrowed, narrowedToUsual, NETWORK, Scene, Target, usualScene, valueIn } from '../candidate-request';
import { Judge, scenesOf } from '../counterexample-search';
import { AwsOwnedSubject, BucketSubject, GrantSubject, knownPolicy } from '../proof-input';
import { World } from '../request-space';

const GRANT_FIX = 'grant it with the access list, so that the policies of role, endpoint, bucket and key agree; or take it out of the policy that allows it';
const EXCESS_FIX = 'take out the statement that allows it, or grant it with the access list';
const HEADER_FIX = 'let uploads through that name the bucket\'s default encryption and its key';
const AWS_FIX = 'allow the action on this bucket of AWS in the endpoint policy, and in the role policy where the role signs';

/**
 * *Works*: through each of its endpoints the role can do exactly what its access list says, and nothing else; neither the role's policies nor the
 * endpoint's name more than the list, even where another policy stops it. Where the list itself is not known, it is what the policies say that name
 * the role: the role's own, and the statements of endpoint and key that let the role through and not everybody; each of them has to grant what the
 * others grant. What the role reads and writes, it can decrypt and encrypt; EC2 can assume the role; logs arrive.
 */
export function works(world: World): ClaimResult {
  return tryClaim('works', [unknown, throughEndpoints, besideBuckets, defaultEncryption, awsOwned, keysWork, servicesWork], world);
}

const unknown: Attempt = ({ world, assume }) => {
  const { endpoints, buckets } = world.subject;
  endpoints.filter(({ policy }) => policy === 'unknown').forEach(({ id }) => assume(`the policy of ${id} lets the workload through`));
  buckets.filter(({ policy }) => policy === 'unknown').forEach(({ arn }) => assume(`the policy of ${arn} lets the workload in`));
  return undefined;
};

const throughEndpoints: Attempt = trial => first(trial.world.subject.buckets, bucket => {
  const { world } = trial;
  return first(ways(world), way => first(world.objects(bucket), target => agreed(trial, target, OBJECT_ACTIONS, way, bucket))
    ?? agreed(trial, world.bucket(bucket), BUCKET_ACTIONS, way, bucket));
});

/** Nothing else of the account's, nor in a bucket that AWS does not own. */
const besideBuckets: Attempt = trial => {
  const { world } = trial;
  return first(ways(world), way => first(world.neighbours(), target => agreed(trial, target, actionsOn(target.arn), way))
    ?? agreed(trial, world.everything(), ACCOUNT_ACTIONS, way));
};

function agreed(trial: Trial, target: Target, actions: readonly string[], way: readonly Axis[], bucket?: BucketSubject): Finding {
  const { world } = trial;
  const documents = [...world.rolePolicies(), ...world.endpointPolicies(), ...bucket === undefined ? [] : [knownPolicy(bucket.policy)]]
    .filter(document => document !== undefined);
  const constants = bucket === undefined ? [] : declaredConstants(bucket);
  return first(actionClasses(actions, [...documents, ...constants]), action => {
    const scenes = scenesOf({ action, target, axes: way }, [...documents, ...constants]);
    return first(scenes, scene => agreedOn(trial, scene, scenes, bucket));
  });
}

/** A condition that the endpoint's policy leaves to the role's, such as a prefix, does not make them disagree. */
function agreedOn(trial: Trial, scene: Scene, scenes: readonly Scene[], bucket: BucketSubject | undefined): Finding {
  const { world, judge } = trial;
  const { account } = scene.target;
  const court = world.courts.workload(bucket, account);
  const decision = judge.decide(scene, court);
  const isGranted = decision.verdict === 'Allowed';
  const byRole = bucket?.declared === undefined ? judge.allows(scene, world.courts.role(account)) : isDeclared(bucket.declared, bucket, scene);
  const endpointCourt = world.courts.endpoint(account === world.subject.account ? undefined : OPEN_BUCKET);
  const byEndpoint = bucket?.declared === undefined && !byRole && isSpecific(judge, world, scene, endpointCourt);
  if (isGranted === (byRole || byEndpoint)) return bucket?.declared === undefined ? undefined : grantsMore(trial, scene, bucket, bucket.declared);
  if (isGranted) return counterexample({ scene, decision }, 'denied', EXCESS_FIX);
  const prefix = valueIn(scene, 's3:prefix');
  const otherwise = scenes.some(other => other !== scene && (!byRole || valueIn(other, 's3:prefix') === prefix) && judge.allows(other, court));
  return otherwise ? undefined : counterexample({ scene, decision }, 'allowed', GRANT_FIX);
}

/** The role's policies and the endpoint's grant nothing beside the list, even where another policy stops it. A prefix of lists is left to the role. */
function grantsMore({ world, judge }: Trial, scene: Scene, bucket: BucketSubject, declared: readonly GrantSubject[]): Finding {
  const roleCourt = world.courts.role(bucket.account);
  if (!isDeclared(declared, bucket, scene) && judge.allows(scene, roleCourt)) return excess(judge, scene, roleCourt);
  const endpointCourt = world.courts.endpoint(bucket.account === world.subject.account ? undefined : OPEN_BUCKET);
  const inList = declared.some(line => isDeclared([{ ...line, prefix: scene.target.arn === bucket.arn ? '' : line.prefix }], bucket, scene));
  return !inList && isSpecific(judge, world, scene, endpointCourt) ? excess(judge, scene, endpointCourt) : undefined;
}

function excess(judge: Judge, scene: Scene, court: Court): Finding {
  return counterexample({ scene, decision: judge.decide(scene, court) }, 'denied', EXCESS_FIX);
}

/** An upload that names the bucket's own encryption is as good as one that says nothing. */
const defaultEncryption: Attempt = ({ world, judge }) => first(world.subject.buckets, bucket => {
  const { encryption, policy } = bucket;
  if (encryption === undefined || policy === 'unknown') return undefined;
  const action = 's3:PutObject';
  const axes = world.axes(encryption.keyArn);
  const headers = headersFor(encryption.algorithm, encryption.keyArn);
  const court = world.courts.workload(bucket, bucket.account);
  return first(ways(world), way => first(world.objects(bucket), target => {
    const picked = pick(way);
    const plain = usualScene(action, target, axes, picked);
    if (!judge.allows(plain, court)) return undefined;
    const scene = usualScene(action, target, axes, { ...picked, ...headers });
    const decision = judge.decide(scene, court);
    return decision.verdict === 'Allowed' ? undefined : counterexample({ scene, decision }, 'allowed', HEADER_FIX);
  }));
});

/** What the role may read of AWS, the endpoint lets through; and what has to be readable or writable is. */
const awsOwned: Attempt = trial => {
  const { world, judge } = trial;
  const action = 's3:GetObject';
  const targets = world.foreign().filter(({ arn }) => isTrusted(action, arn, world.subject));
  return first(ways(world), way => first(targets, target => {
    const scene = usualScene(action, target, way);
    return judge.allows(scene, world.courts.role(STRANGER)) ? passes(trial, scene, world.courts.endpoint(OPEN_BUCKET)) : undefined;
  }) ?? first(world.subject.awsOwned ?? [], declared => isReached(trial, declared, way)));
};

function isReached(trial: Trial, { objects, action, account, signedByRole }: AwsOwnedSubject, way: readonly Axis[]): Finding {
  const { world } = trial;
  const anybody = world.actors.choices.find(({ actor }) => actor?.kind === 'anonymous');
  const target = account === undefined ? world.strange(witness(objects)) : world.inAccount(witness(objects), account);
  return signedByRole
    ? passes(trial, usualScene(action, target, way), world.courts.workload(undefined, target.account))
    : passes(trial, usualScene(action, target, way, anybody === undefined ? {} : { [ACTOR]: anybody }), world.courts.endpoint(OPEN_BUCKET));
}

function passes({ judge }: Trial, scene: Scene, court: Court): Finding {
  const decision = judge.decide(scene, court);
  return decision.verdict === 'Allowed' ? undefined : counterexample({ scene, decision }, 'allowed', AWS_FIX);
}

/** The axes of the workload's own requests, for each endpoint. */
function ways(world: World): ReadonlyArray<readonly Axis[]> {
  const known = new Set(['transport', ...HEADERS, ACTOR, NETWORK, 'credentials', ...world.affiliations.map(({ name }) => name)]);
  const good = narrowed(world.axes(), 'transport', ({ words }) => GOOD_TRANSPORTS.includes(words));
  const usual = narrowedToUsual(good, ({ name }) => name === NETWORK || name === 'transport' || !known.has(name));
  return world.subject.endpoints.map(({ id }) => narrowed(usual, NETWORK, ({ network }) => network?.endpointId === id));
}

function pick(way: readonly Axis[]): Record<string, Choice> {
  return Object.fromEntries(way.filter(({ name }) => name === NETWORK).map(({ name, choices: [choice] }) => [name, choice]));
}
