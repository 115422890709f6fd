import type { PolicyJson } from '../../iam';
import { asList } from '../../iam/document';
import { LIST_ACTIONS } from '../../iam/facts/actions';
import { STRANGER } from '../principals';
import { allDenied, Attempt, Finding, first, Trial } from '../property-check';
import { constantsOf, valuesOf } from '../constants';
import { isOneOf } from '../exemptions';
import { ACTOR, Axis, Choice, lowered, narrowed, NETWORK } from '../candidate-request';
import { objectSpaces } from '../request-slices';
import { BucketSubject, isOwners, knownPolicy, policiesIn, rolesOf } from '../proof-input';

const OTHERS_FIX = 'deny s3:* on the objects in the access point policy, and lists, unless aws:PrincipalArn is the workload\'s role';
const NETWORK_FIX = 'name the endpoint by aws:SourceVpce in the access point policy: in its Allows, or, in the account of the bucket, in Denies';

/** The endpoint of another account. */
const OTHER_ACCOUNTS: Choice = {
  words: `through an endpoint of account ${STRANGER}`,
  context: { 'aws:SourceVpc': 'vpc-strange', 'aws:SourceVpce': 'vpce-strange', 'aws:VpcSourceIp': '10.0.0.10', 'aws:VpceAccount': STRANGER },
  network: { kind: 'other VPC' },
};

/**
 * Through an access point come the roles of the workloads and nobody else, on whatever way; and they come through the endpoints, even with unlimited
 * identity policies. Where its policy can only name the account of endpoints, it is assumed that these are the only ones there. Roles of other apps
 * that it names as well are its owner's word.
 */
export const accessPointsToWorkloads: Attempt = trial => first(trial.world.subject.buckets, bucket => {
  const { accessPointOf, arn } = bucket;
  if (accessPointOf === undefined) return undefined;
  if (isOwners(bucket)) return trial.assume(`the policy of ${arn} keeps everybody else out`);
  return toOthers(trial, bucket) ?? outsideEndpoint(trial, bucket);
});

function toOthers(trial: Trial, bucket: BucketSubject): Finding {
  const workloads = rolesOf(trial.world.subject);
  const shared = sparedIn(knownPolicy(bucket.policy)).filter(arn => !workloads.includes(arn));
  shared.forEach(arn => trial.assume(`${bucket.arn} is for ${arn}, too`));
  const others = narrowed(trial.world.axes(), ACTOR, ({ actor }) => actor !== undefined && !isOneOf([...workloads, ...shared], actor));
  return closedTo(trial, bucket, others, OTHERS_FIX);
}

/** The roles that the Denies of an access point's policy spare by their exact ARNs. */
function sparedIn(policy: PolicyJson | undefined): readonly string[] {
  const denies = asList(policy?.Statement).filter(({ Effect }) => Effect === 'Deny');
  const spared = denies.flatMap(({ Condition }) => asList(Condition?.ArnNotEquals?.['aws:PrincipalArn']).map(String));
  return [...new Set(spared)].filter(arn => !/[*?]/.test(arn));
}

function outsideEndpoint(trial: Trial, bucket: BucketSubject): Finding {
  const workloads = rolesOf(trial.world.subject);
  const accounts = valuesOf(constantsOf(policiesIn([bucket.policy])), 'aws:VpceAccount');
  accounts.forEach(account => trial.assume(`account ${account} has no other S3 endpoint that lets the workload through to ${bucket.arn}`));
  const ours = narrowed(trial.world.axes(), ACTOR, ({ actor }) => actor !== undefined && isOneOf(workloads, actor));
  const elsewhere = ({ context, network }: Choice) => network?.kind !== 'endpoint' && !accounts.includes(String(lowered(context).get('aws:vpceaccount')));
  const axes = ours.map(each => each.name === NETWORK ? { ...each, choices: [...each.choices, OTHER_ACCOUNTS] } : each);
  return closedTo(trial, bucket, narrowed(axes, NETWORK, elsewhere), NETWORK_FIX);
}

function closedTo({ judge, world }: Trial, bucket: BucketSubject, axes: readonly Axis[], fix: string): Finding {
  const court = world.courts.resource(knownPolicy(bucket.policy));
  const documents = policiesIn([bucket.policy]);
  const lists = LIST_ACTIONS.map(action => ({ action, target: world.bucket(bucket), axes }));
  return first([...objectSpaces(world, bucket, axes, documents), ...lists], space => allDenied(judge, space, court, fix));
}
