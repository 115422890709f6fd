import { LIST_ACTIONS, OBJECT_ACTIONS } from '../actions';
import { allDenied, Attempt, Finding, first, Trial } from '../claim';
import { actionClasses, targetClasses } from '../classes';
import { isOneOf, looksAt } from '../exemptions';
import { ACTOR, Axis, narrowed, NETWORK } from '../scene';
import { BucketSubject, isOwners, knownPolicy, policiesIn, rolesOf } from '../subject';

const OTHERS_FIX = 'deny s3:* on the objects in the access point policy, and lists, unless aws:PrincipalArn is the workload\'s role';
const NETWORK_FIX = 'name the endpoint by aws:SourceVpce in the access point policy: in its Allows, or, in the account of the bucket, in Denies';

/**
 * Through an access point come the roles of the workloads and nobody else, on whatever way; and they come through the endpoints, even with unlimited
 * identity policies. Where its policy can only name the account of the endpoints, it is assumed that these are the only ones there.
 */
export const accessPointsToWorkloads: Attempt = trial => first(trial.world.subject.buckets, bucket => {
  const { accessPointOf, arn, policy } = bucket;
  if (accessPointOf === undefined) return undefined;
  if (isOwners(bucket)) return trial.assume(`the policy of ${arn} keeps everybody else out`);
  const document = knownPolicy(policy);
  const knowsAccountOnly = looksAt(document, ['aws:VpceAccount']) && !looksAt(document, ['aws:SourceVpce']);
  if (knowsAccountOnly) trial.assume(`the accounts that the policy of ${arn} names have no other S3 endpoints that let the workload through`);
  return toOthers(trial, bucket) ?? (knowsAccountOnly ? undefined : outsideEndpoint(trial, bucket));
});

function toOthers(trial: Trial, bucket: BucketSubject): Finding {
  const workloads = rolesOf(trial.world.subject);
  const others = narrowed(trial.world.axes(), ACTOR, ({ actor }) => actor !== undefined && !isOneOf(workloads, actor));
  return closedTo(trial, bucket, others, OTHERS_FIX);
}

function outsideEndpoint(trial: Trial, bucket: BucketSubject): Finding {
  return closedTo(trial, bucket, narrowed(trial.world.axes(), NETWORK, ({ network }) => network?.kind !== 'endpoint'), NETWORK_FIX);
}

function closedTo({ judge, world }: Trial, bucket: BucketSubject, axes: readonly Axis[], fix: string): Finding {
  const court = world.courts.resource(knownPolicy(bucket.policy));
  const documents = policiesIn([bucket.policy]);
  const objects = targetClasses(world.objects(bucket), documents)
    .flatMap(target => actionClasses(OBJECT_ACTIONS, documents).map(action => ({ action, target, axes })));
  const lists = LIST_ACTIONS.map(action => ({ action, target: world.bucket(bucket), axes }));
  return first([...objects, ...lists], space => allDenied(judge, space, court, fix));
}
