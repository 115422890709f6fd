import { allowed, Decision, explicitlyDenied, implicitlyDenied, PolicyReference } from './decision';
import { BUCKET_POLICY_ACTIONS } from './facts/actions';
import { evaluatePolicyTypes, PolicyTypeResult, PolicyTypeResults, PolicySet } from './policy-types';
import { PrincipalMatch } from './principal';
import { AccessRequest, RequestView, viewRequest } from './request/access-request';

/** In lower case, as a request that is prepared has its action. */
const OF_ROOT: ReadonlySet<string> = new Set(BUCKET_POLICY_ACTIONS.map(each => each.toLowerCase()));

const ROOT_USER: PolicyReference = { policyKind: 'root user' };

/**
 * Decides a request as AWS does: a statement that denies wins; then every guardrail has to allow; then the identity's
 * or the resource's policy has to grant the access, both if they belong to different accounts.
 *
 * Pure: nothing but the request and the policies goes in. Grants of a key, access control lists and Block Public
 * Access are not part of it.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export function decide(request: AccessRequest, policies: PolicySet): Decision {
  return decideView(viewRequest(request), policies);
}

/**
 * As `decide`, for a request that is prepared already.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export function decideView(view: RequestView, policies: PolicySet): Decision {
  const layers = evaluatePolicyTypes(view, policies);
  const deny = firstDeny(view, layers);
  if (deny !== undefined) {
    return explicitlyDenied(deny);
  }

  const blocking = [...layers.serviceControl, layers.endpoint].find(
    layer => layer !== undefined && layer.allow === undefined,
  );
  if (blocking !== undefined) {
    return implicitlyDenied([kindOf(blocking)]);
  }

  const { lacking, granting } = grantOf(view, layers);
  if (lacking.length > 0) {
    return implicitlyDenied(lacking);
  }
  return allowed(layers.endpoint?.allow === undefined ? granting : [...granting, layers.endpoint.allow]);
}

function firstDeny(request: RequestView, layers: PolicyTypeResults): PolicyReference | undefined {
  const { endpoint, resource, identity, boundary, session } = layers;
  return (
    denyOfOrganization(layers) ??
    endpoint?.deny ??
    (repairsPolicy(request, resource) ? undefined : resource.deny) ??
    identity.deny ??
    boundary?.deny ??
    session?.deny
  );
}

function denyOfOrganization({ resourceControl, serviceControl }: PolicyTypeResults): PolicyReference | undefined {
  return resourceControl.deny ?? serviceControl.find(level => level.deny !== undefined)?.deny;
}

/**
 * A `Deny` in a bucket policy does not keep the root user of the bucket's account from reading, replacing and
 * deleting that policy.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html
 */
function repairsPolicy(request: RequestView, { policyKind }: PolicyTypeResult): boolean {
  return isOwnRoot(request) && policyKind === 'bucket policy' && OF_ROOT.has(request.action);
}

/** What grants the access, and what would have to and does not; nothing lacks if the access is granted. */
interface Grant {
  readonly granting: readonly PolicyReference[];
  readonly lacking: readonly PolicyReference[];
}

function grantOf(request: RequestView, layers: PolicyTypeResults): Grant {
  const { principal, resourceAccount } = request;
  if (principal.account === undefined) {
    return grantToOutsider(request, layers.resource);
  }
  const identity = principal.type === 'root' ? ROOT_USER : layers.identity.allow;
  if (principal.account !== resourceAccount) {
    return grantAcrossAccounts(identity, layers);
  }
  return grantInAccount(identity, layers);
}

/** Services and anonymous callers have no policies of their own; AWS KMS takes no anonymous requests. */
function grantToOutsider(request: RequestView, resource: PolicyTypeResult): Grant {
  const unsigned = request.principal.type === 'anonymous' && resource.policyKind === 'key policy';
  return resource.allow === undefined || unsigned ? lacks(resource) : { granting: [resource.allow], lacking: [] };
}

/**
 * Both accounts have to grant the access; the permissions boundary and the session policies limit the identity's side.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 */
function grantAcrossAccounts(identity: PolicyReference | undefined, layers: PolicyTypeResults): Grant {
  const { resource } = layers;
  if (identity !== undefined && resource.allow !== undefined) {
    return within(layers, [identity, resource.allow]);
  }
  const missing = identity === undefined ? [layers.identity] : [];
  return lacks(...missing, ...(resource.allow === undefined ? [resource] : []));
}

/**
 * Either side grants the access; but a key policy has to name the principal or delegate to the account before
 * identity policies count.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
function grantInAccount(identity: PolicyReference | undefined, layers: PolicyTypeResults): Grant {
  const { resource } = layers;
  if (resource.allow === undefined) {
    return grantByIdentityAlone(identity, layers);
  }
  if (resource.match === PrincipalMatch.DIRECT) {
    return { granting: [resource.allow], lacking: [] };
  }
  if (resource.match === PrincipalMatch.ROLE) {
    return within(layers, [resource.allow]);
  }
  if (identity === undefined) {
    return lacks(layers.identity);
  }
  return within(layers, resource.policyKind === 'key policy' ? [identity, resource.allow] : [identity]);
}

/** What the identity's policies grant where the resource's policy allows nothing. */
function grantByIdentityAlone(identity: PolicyReference | undefined, layers: PolicyTypeResults): Grant {
  const { resource } = layers;
  if (resource.policyKind === 'key policy') {
    return lacks(resource);
  }
  return identity === undefined ? lacks(layers.identity, resource) : within(layers, [identity]);
}

/** A grant that holds as far as the permissions boundary and the session policies allow it. */
function within(layers: PolicyTypeResults, granting: readonly PolicyReference[]): Grant {
  const limits = [layers.boundary, layers.session].filter(layer => layer !== undefined);
  return { granting, lacking: limits.filter(layer => layer.allow === undefined).map(kindOf) };
}

function lacks(...layers: readonly PolicyTypeResult[]): Grant {
  return { granting: [], lacking: layers.map(kindOf) };
}

function kindOf({ policyKind, level, source }: PolicyTypeResult): PolicyReference {
  return {
    policyKind,
    ...(level === undefined ? {} : { level }),
    ...(source === undefined ? {} : { source }),
  };
}

function isOwnRoot({ principal, resourceAccount }: RequestView): boolean {
  return principal.type === 'root' && principal.account === resourceAccount;
}
