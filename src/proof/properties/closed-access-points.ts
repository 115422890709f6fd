import { asList, LIST_ACTIONS, PolicyJson } from '../../iam';
import { PRINCIPAL, Dimension, RequestClass, narrowed, NETWORK, valueSaid } from '../candidate-request';
import { constantsOf, valuesOf } from '../constants';
import { isOneOf } from '../exemptions';
import { through } from '../networks';
import { EXTERNAL_ACCOUNT } from '../principals';
import { BucketInput, isOwners, knownPolicy, policiesIn, rolesOf } from '../proof-input';
import { allDenied, Property, Finding, first, PropertyCheck } from '../property-check';
import { objectSlices } from '../request-slices';

const OTHERS_FIX =
  "deny s3:* on the objects in the access point policy, and lists, unless aws:PrincipalArn is the workload's role";
const NETWORK_FIX =
  'name the endpoint by aws:SourceVpce in the access point policy: in its Allows, or, in the account of the bucket, in Denies';

/** The endpoint of another account. */
const OTHER_ACCOUNTS: RequestClass = {
  words: `through an endpoint of account ${EXTERNAL_ACCOUNT}`,
  parts: through({ id: 'vpce-strange', vpcId: 'vpc-strange', address: '10.0.0.10', account: EXTERNAL_ACCOUNT }),
  network: { kind: 'other VPC' },
};

/**
 * Through an access point come the roles of the workloads and nobody else, on whatever way; and they come through the
 * endpoints, even with unlimited identity policies. Where its policy can only name the account of endpoints, it is
 * assumed that these are the only ones there. Roles of other apps that it names as well are its owner's word.
 */
export const accessPointsToWorkloads: Property = check =>
  first(check.space.input.buckets, bucket => {
    const { accessPointOf, arn } = bucket;
    if (accessPointOf === undefined) {
      return undefined;
    }
    if (isOwners(bucket)) {
      return check.assume(`the policy of ${arn} keeps everybody else out`);
    }
    return toOthers(check, bucket) ?? outsideEndpoint(check, bucket);
  });

function toOthers(check: PropertyCheck, bucket: BucketInput): Finding {
  const workloads = rolesOf(check.space.input);
  const shared = sparedIn(knownPolicy(bucket.policy)).filter(arn => !workloads.includes(arn));
  shared.forEach(arn => check.assume(`${bucket.arn} is for ${arn}, too`));
  const others = narrowed(
    check.space.dimensions(),
    PRINCIPAL,
    ({ principal }) => principal !== undefined && !isOneOf([...workloads, ...shared], principal),
  );
  return closedTo(check, bucket, others, OTHERS_FIX);
}

/** The roles that the Denies of an access point's policy spare by their exact ARNs. */
function sparedIn(policy: PolicyJson | undefined): readonly string[] {
  const denies = asList(policy?.Statement).filter(({ Effect }) => Effect === 'Deny');
  const spared = denies.flatMap(({ Condition }) => asList(Condition?.ArnNotEquals?.['aws:PrincipalArn']).map(String));
  return [...new Set(spared)].filter(arn => !/[*?]/.test(arn));
}

function outsideEndpoint(check: PropertyCheck, bucket: BucketInput): Finding {
  const workloads = rolesOf(check.space.input);
  const accounts = valuesOf(constantsOf(policiesIn([bucket.policy])), 'aws:VpceAccount');
  accounts.forEach(account =>
    check.assume(`account ${account} has no other S3 endpoint that lets the workload through to ${bucket.arn}`),
  );
  const ours = narrowed(
    check.space.dimensions(),
    PRINCIPAL,
    ({ principal }) => principal !== undefined && isOneOf(workloads, principal),
  );
  const elsewhere = (requestClass: RequestClass) =>
    requestClass.network?.kind !== 'endpoint' && !accounts.includes(String(valueSaid(requestClass, 'aws:VpceAccount')));
  const dimensions = ours.map(each =>
    each.name === NETWORK ? { ...each, classes: [...each.classes, OTHER_ACCOUNTS] } : each,
  );
  return closedTo(check, bucket, narrowed(dimensions, NETWORK, elsewhere), NETWORK_FIX);
}

function closedTo(
  { search, space }: PropertyCheck,
  bucket: BucketInput,
  dimensions: readonly Dimension[],
  fix: string,
): Finding {
  const authorizer = space.authorizers.resource(knownPolicy(bucket.policy));
  const documents = policiesIn([bucket.policy]);
  const lists = LIST_ACTIONS.map(action => ({ action, target: space.bucket(bucket), dimensions }));
  return first([...objectSlices(space, bucket, dimensions, documents), ...lists], slice =>
    allDenied(search, slice, authorizer, fix),
  );
}
