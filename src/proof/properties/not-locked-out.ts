import {
  ACCESS_POINT_CONTROL_ACTIONS,
  CONTROL_ACTIONS,
  isAccessPoint,
  KEY_CONTROL_ACTIONS,
  PolicyJson,
  VOLUME_ACTIONS,
} from '../../iam';
import {
  PRINCIPAL,
  RequestPrincipal,
  Dimension,
  RequestClass,
  narrowed,
  narrowedToUsual,
  NETWORK,
  CandidateRequest,
} from '../candidate-request';
import { actionClasses } from '../classes';
import { candidatesOf, RequestSlice } from '../counterexample-search';
import { GOOD_TRANSPORTS } from '../dimensions';
import { isService } from '../networks';
import { isDeploymentRole } from '../principals';
import { BucketInput, isOwners, KeyInput, LogBucketInput, policiesIn, ProofInput } from '../proof-input';
import { Property, ClaimResult, counterexample, Finding, first, PropertyCheck, tryClaim } from '../property-check';
import { RequestSpace } from '../request-space';

const BUCKET_FIX =
  'deny s3:* on the objects only: actions on the bucket itself are its configuration, which CloudFormation and administrators need';
const LIST_FIX =
  "spare CloudFormation's ways in from the Deny of s3:ListBucket: its execution role, which a synthesizer tells as " +
  "cloudFormationExecutionRole, StackSets' roles, and aws:CalledViaFirst";
const KEY_FIX =
  "let the account of the key administer it: an Allow for the account as principal with the actions on the key's configuration";
const VOLUME_FIX =
  'let EC2 use the key for volumes of the account, and deny grants only where they are not for AWS resources';

/**
 * *Not locked out*: in every state that a deployment can pass or leave behind, no resource policy keeps
 * CloudFormation, an administrator or the root user from the configuration of a bucket or a key.
 *
 * Each resource has its own policy, and no other policy counts for these principals, who have unlimited identity
 * policies and come from outside the endpoint. So the subsets of the template that are closed under its dependencies
 * come down to: each policy on its own, absent or present; and, on an update, also the previous one.
 */
export function notLockedOut(space: RequestSpace, previous?: ProofInput): ClaimResult {
  const states = [space, ...(previous === undefined ? [] : [new RequestSpace(previous)])];
  return tryClaim('not-locked-out', states.map(stateOf), space);
}

function stateOf(space: RequestSpace): Property {
  const { buckets, logBuckets = [], keys } = space.input;
  return check =>
    first([...buckets, ...logBuckets], bucket => configuration(check, space, bucket)) ??
    first(keys, key => keyConfiguration(check, space, key)) ??
    first(keys, key => (key.exclusive ? volumes(check, space, key) : undefined));
}

function configuration(check: PropertyCheck, space: RequestSpace, bucket: BucketInput | LogBucketInput): Finding {
  const { policy } = bucket;
  if (policy === 'unknown' || isOwners(bucket)) {
    return check.assume(`the policy of ${bucket.arn} locks nobody out`);
  }
  const ways = narrowed(
    managers(space.dimensions()),
    NETWORK,
    ({ network }) => network?.kind !== 'endpoint' && network?.kind !== 'service',
  );
  const dimensions = narrowed(ways, 'transport', ({ words }) => GOOD_TRANSPORTS.includes(words));
  const target = space.bucket(bucket);
  const deployers = narrowed(dimensions, PRINCIPAL, ({ principal }) => deploys(principal, space, bucket));
  const throughCloudFormation = isAccessPoint(bucket.arn) ? [] : ['s3:ListBucket'];
  return first(
    [undefined, policy],
    state =>
      first(actionClasses(configuring(bucket.arn), policiesIn([state])), action =>
        notDenied(check, space, { action, target, dimensions }, state, BUCKET_FIX),
      ) ??
      first(throughCloudFormation, action =>
        notDenied(check, space, { action, target, dimensions: deployers }, state, LIST_FIX),
      ),
  );
}

/** Who makes the stack of the bucket: its roles, and whoever calls CloudFormation. */
function deploys(
  principal: RequestPrincipal | undefined,
  { input }: RequestSpace,
  { deploymentRoleArns }: BucketInput | LogBucketInput,
): boolean {
  return (
    principal?.manages === 'as deployer' &&
    (principal.throughCloudFormation === true || isDeploymentRole(principal, input, deploymentRoleArns))
  );
}

function configuring(arn: string): readonly string[] {
  return isAccessPoint(arn) ? ACCESS_POINT_CONTROL_ACTIONS : CONTROL_ACTIONS;
}

function notDenied(
  { search }: PropertyCheck,
  space: RequestSpace,
  slice: RequestSlice,
  state: PolicyJson | undefined,
  fix: string,
  kind: 'bucket' | 'key' = 'bucket',
): Finding {
  const authorizer = space.authorizers.unguarded(state, kind);
  return first(candidatesOf(slice, authorizer.documents), candidate => {
    const decision = search.decide(candidate, authorizer);
    return decision.verdict === 'ExplicitlyDenied'
      ? counterexample({ candidate, decision }, 'not denied', fix)
      : undefined;
  });
}

/** A key always has a policy, so it has to allow, too. */
function keyConfiguration(check: PropertyCheck, space: RequestSpace, key: KeyInput): Finding {
  const { policy } = key;
  if (policy === 'unknown' || key.account !== space.input.account) {
    return check.assume(`the policy of ${key.arn} locks nobody out`);
  }
  const target = space.key(key);
  const dimensions = narrowed(
    managers(space.keyDimensions(key)),
    NETWORK,
    ({ network }) => network?.kind === 'internet',
  );
  return first(
    actionClasses(KEY_CONTROL_ACTIONS, [policy]),
    action =>
      notDenied(check, space, { action, target, dimensions }, policy, KEY_FIX, 'key') ??
      allowed(check, space, { action, target, dimensions }, policy, KEY_FIX),
  );
}

/**
 * CloudFormation starts instances whose volumes are encrypted with the key: EC2 uses it with CloudFormation's
 * credentials.
 */
function volumes(check: PropertyCheck, space: RequestSpace, key: KeyInput): Finding {
  if (key.policy === 'unknown') {
    return undefined;
  }
  const { policy } = key;
  const dimensions = narrowed(managers(space.keyDimensions(key)), NETWORK, ({ network }) =>
    isService(network?.viaService, 'ec2', space.input),
  );
  return first(actionClasses(VOLUME_ACTIONS, [policy], [['kms:CreateGrant']]), action =>
    allowed(
      check,
      space,
      { action, target: space.key(key), dimensions },
      policy,
      VOLUME_FIX,
      action === 'kms:CreateGrant' ? [FOR_AWS] : [],
    ),
  );
}

const FOR_AWS: RequestClass = { words: 'for an AWS resource', context: { 'kms:GrantIsForAWSResource': 'true' } };

function allowed(
  { search }: PropertyCheck,
  space: RequestSpace,
  { action, target, dimensions }: RequestSlice,
  policy: PolicyJson,
  fix: string,
  more: readonly RequestClass[] = [],
): Finding {
  const authorizer = space.authorizers.unguarded(policy, 'key');
  const usual = narrowedToUsual(dimensions, ({ name }) => name === PRINCIPAL);
  return first(candidatesOf({ action, target, dimensions: usual }, authorizer.documents), ({ classes }) => {
    const candidate: CandidateRequest = { action, target, classes: [...classes, ...more] };
    const decision = search.decide(candidate, authorizer);
    return decision.verdict === 'Allowed' ? undefined : counterexample({ candidate, decision }, 'allowed', fix);
  });
}

function managers(dimensions: readonly Dimension[]): readonly Dimension[] {
  const manages = ({ principal }: { readonly principal?: RequestPrincipal }) => principal?.manages !== undefined;
  return narrowed(dimensions, PRINCIPAL, manages);
}
