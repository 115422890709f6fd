import { asList } from '../../iam/document';
import { ACCOUNT_ACTIONS, actionsOn, isObject, KEY_USES, ROLE_ACTIONS } from '../../iam/facts/actions';
import { fitsInstance, CREDENTIALS } from '../dimensions';
import { allDenied, Attempt, ClaimResult, first, tryClaim } from '../property-check';
import { actionClasses, targetClasses } from '../classes';
import type { Court } from '../authorizers';
import { BINDING_KEYS, looksAt } from '../exemptions';
import { isS3OfKey } from '../networks';
import { ACTOR, Axis, Exception, narrowed, NETWORK, networkOf, Target, valueIn } from '../candidate-request';
import { isAbout } from '../statements';
import { knownPolicy, policiesIn } from '../proof-input';
import { trusted } from '../trust';
import type { World } from '../request-space';

const FIX = 'pin the role\'s Allows to aws:SourceVpce, and deny s3:* where aws:SourceVpc is not ${aws:Ec2InstanceSourceVpc} or '
  + 'aws:VpcSourceIp is not ${aws:Ec2InstanceSourcePrivateIPv4}';
const BINDING_FIX = 'write the binding with aws:SourceVpc and aws:VpcSourceIp as keys and the Ec2Instance variables as values, with StringNotEquals, on s3:*';
const KEY_FIX = 'pin the role\'s use of the key to kms:ViaService';
const TRUST_FIX = 'let the service ec2.amazonaws.com assume the role, with sts:AssumeRole alone, and nobody else';

/**
 * *Bound*: the role's credentials are useless in another VPC, at another address, on the internet, through another endpoint; by the role's own
 * policies, so that a bucket policy that is missing opens nothing. Nothing binds the code that runs on the instance itself.
 */
export function bound(world: World): ClaimResult {
  return tryClaim('bound', [withAllPolicies, withRolePolicies, withBinding, keys, trust], world);
}

/** A bucket policy without an Allow only takes away from what the role's policies let through, and those are looked at by themselves. */
const withAllPolicies: Attempt = ({ world, judge }) => first(world.subject.buckets, bucket => {
  if (!asList(knownPolicy(bucket.policy)?.Statement).some(({ Effect }) => Effect === 'Allow')) return undefined;
  const axes = workloadAxes(world, bucket.encryption?.keyArn);
  const court = world.courts.workload(bucket, bucket.account);
  const targets = [...targetClasses(world.objects(bucket), court.documents), world.bucket(bucket)];
  const home = atHome(world);
  return first(targets, target => first(classesOn(target, court), action =>
    allDenied(judge, { action, target, axes }, court, FIX, home)));
});

const withRolePolicies: Attempt = ({ world, judge }) => {
  const { buckets } = world.subject;
  const ours = buckets.flatMap(each => [...world.objects(each), world.bucket(each)]);
  const targets = targetClasses([...ours, ...world.neighbours(), ...world.foreign(), world.everything()], world.rolePolicies());
  const axes = workloadAxes(world);
  const home = atHome(world);
  return first(targets, target => {
    const court = world.courts.role(target.account);
    return first(classesOn(target, court), action => allDenied(judge, { action, target, axes }, court, FIX, home));
  });
};

/** Where Denies of the role bind its credentials to the instance, they do so for every action of S3, whatever Allows somebody adds. */
const withBinding: Attempt = ({ world, judge }) => {
  if (!world.rolePolicies().some(policy => looksAt(policy, BINDING_KEYS))) return undefined;
  const denies = world.rolePolicies().flatMap(({ Statement }) => asList(Statement)).filter(({ Effect }) => Effect === 'Deny');
  const targets = [...world.subject.buckets.flatMap(each => [...world.objects(each), world.bucket(each)]), ...world.foreign()];
  const about = ({ arn }: Target) => [isObject(arn), ...denies.map(each => isAbout({ ...each, Action: '*', NotAction: undefined }, 's3:GetObject', arn))].join();
  const axes = workloadAxes(world);
  const distinct = new Map([...targets].reverse().map(target => [about(target), target]));
  return first(distinct.values(), target => first(actionClasses(actionsOn(target.arn), [{ Statement: denies }]), action =>
    allDenied(judge, { action, target, axes }, world.courts.roleDenies(target.account), BINDING_FIX, ON_INSTANCE)));
};

const keys: Attempt = ({ world, judge }) => first(world.subject.keys, key => {
  const isS3 = (host: string | undefined) => isS3OfKey(host, key, world.subject);
  const except: Exception = { axes: { [NETWORK]: ({ network }) => isS3(network?.viaService) }, holds: scene => isS3(networkOf(scene).viaService) };
  const axes = narrowed(world.keyAxes(key), ACTOR, ({ actor }) => actor?.kind === 'workload');
  const courts = [world.courts.role(key.account, 'key'), ...key.policy === 'unknown' ? [] : [world.courts.roleAndKey(key.policy)]];
  const documents = [...world.rolePolicies(), ...policiesIn([key.policy])];
  return first(courts, court => first(actionClasses(KEY_USES, documents), action =>
    allDenied(judge, { action, target: world.key(key), axes }, court, KEY_FIX, except)));
});

const trust: Attempt = ({ world, judge, assume }) => {
  const policy = world.subject.role.trust;
  if (policy === undefined) return assume(`nobody but EC2 can assume ${world.subject.role.arn}`);
  const others = narrowed(world.axes(), ACTOR, ({ actor }) => actor?.principal !== 'ec2.amazonaws.com');
  return trusted(first(actionClasses(ROLE_ACTIONS, [policy], [[ASSUME]]), action => {
    const space = { action, target: world.roleTarget(), axes: action === ASSUME ? others : world.axes() };
    return allDenied(judge, space, world.courts.resource(policy, 'key'), TRUST_FIX);
  }));
};

const ASSUME = 'sts:AssumeRole';

/** The way that the workload takes: through its endpoint, and, unless the user wants it otherwise, from the instance that the credentials were issued to. */
function atHome({ subject: { credentialBinding } }: World): Exception {
  return {
    axes: { [NETWORK]: 'everything', [CREDENTIALS]: 'everything' },
    holds: scene => networkOf(scene).kind === 'endpoint' && (credentialBinding === false || fitsInstance(key => valueIn(scene, key))),
  };
}

/** What the binding spares: the instance itself on whatever way, and services that make calls for it. */
const ON_INSTANCE: Exception = {
  axes: { [NETWORK]: 'everything', [CREDENTIALS]: 'everything' },
  holds: scene => networkOf(scene).kind === 'service' || (valueIn(scene, 'aws:SourceVpc') !== undefined && fitsInstance(key => valueIn(scene, key))),
};

function workloadAxes(world: World, keyArn?: string): readonly Axis[] {
  return narrowed(world.axes(keyArn), ACTOR, ({ actor }) => actor?.kind === 'workload');
}

function classesOn({ arn }: Target, { documents }: Court): readonly string[] {
  return [...actionClasses(actionsOn(arn), documents), ...arn.endsWith(':::*') ? actionClasses(ACCOUNT_ACTIONS, documents) : []];
}
