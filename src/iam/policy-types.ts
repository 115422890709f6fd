import type { PolicyKind, PolicyReference } from './decision';
import { asList, OneOrMany, PolicyJson, PolicySource, SOURCE, supportsVariables } from './document';
import { assertWellFormed } from './policy-grammar';
import { PrincipalMatch } from './principal';
import { isServiceLinkedRole, PrincipalIdentity } from './principal-identity';
import type { RequestView } from './request/access-request';
import { matchStatement, StatementRules } from './statement';
import { statementsOn } from './statement-index';

/**
 * The policies that apply to a request.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html
 */
export interface PolicySet {
  /**
   * The policies of the role or the user; not looked at for the root user, services and anonymous callers, which have
   * none.
   */
  readonly identityPolicies?: readonly PolicyJson[];
  /** The policy of the bucket or of the key. */
  readonly resourcePolicy?: PolicyJson;
  /** What the resource policy belongs to; a bucket unless said otherwise. */
  readonly resourcePolicyKind?: 'bucket' | 'key';
  /** The policy of the VPC endpoint; absent if the request takes another way, as forward access sessions do. */
  readonly endpointPolicy?: PolicyJson;
  /** Which kind of endpoint it is; a gateway endpoint unless said otherwise. */
  readonly endpointKind?: 'gateway' | 'interface';
  readonly permissionsBoundary?: PolicyJson;
  readonly sessionPolicies?: readonly PolicyJson[];
  /**
   * The service control policies by level - root, units, account - of the principal's organization; each level has to
   * allow.
   */
  readonly serviceControlPolicies?: ReadonlyArray<readonly PolicyJson[]>;
  /**
   * The resource control policies of all levels of the resource's organization, without `RCPFullAWSAccess`, which is
   * always there.
   */
  readonly resourceControlPolicies?: readonly PolicyJson[];
}

/**
 * What the policies of one kind say about a request.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export interface PolicyTypeResult {
  readonly policyKind: PolicyKind;
  readonly level?: number;
  /** The first statement that denies. */
  readonly deny?: PolicyReference;
  /** The statement that allows and names the principal most closely. */
  readonly allow?: PolicyReference;
  /** How closely it names the principal. */
  readonly match: PrincipalMatch;
  /** Where the policy comes from, if there is one of the kind. */
  readonly source?: PolicySource;
}

/**
 * What each kind of policy says; a kind that is absent does not apply.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export interface PolicyTypeResults {
  readonly resourceControl: PolicyTypeResult;
  readonly serviceControl: readonly PolicyTypeResult[];
  readonly endpoint?: PolicyTypeResult;
  readonly resource: PolicyTypeResult;
  readonly identity: PolicyTypeResult;
  readonly boundary?: PolicyTypeResult;
  readonly session?: PolicyTypeResult;
}

/**
 * Evaluates each kind of policy that binds the principal.
 *
 * - Service control policies bind the identities of the organization's accounts, the root user included; not
 *   services, not anonymous callers, not service-linked roles.
 * - Resource control policies bind everyone, services too, except service-linked roles.
 * - Permissions boundaries bind users and roles; session policies bind every identity.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
 */
export function evaluatePolicyTypes(request: RequestView, policies: PolicySet): PolicyTypeResults {
  const { principal } = request;
  const isEntity = hasIdentityPolicies(principal);
  const hasBoundary = isEntity && policies.permissionsBoundary !== undefined;
  const restricted = !isServiceLinkedRole(principal);
  const inOrganization = restricted && principal.account !== undefined;
  return {
    resourceControl: evaluate(
      'resource control policy',
      restricted ? policies.resourceControlPolicies : [],
      request,
      'named',
      hasBoundary,
    ),
    serviceControl: evaluateLevels(inOrganization ? policies.serviceControlPolicies : [], request),
    endpoint:
      policies.endpointPolicy &&
      evaluate(
        'endpoint policy',
        policies.endpointPolicy,
        request,
        policies.endpointKind === 'interface' ? 'named' : 'gateway',
        hasBoundary,
      ),
    resource: evaluate(
      policies.resourcePolicyKind === 'key' ? 'key policy' : 'bucket policy',
      policies.resourcePolicy,
      request,
      'named',
      hasBoundary,
    ),
    identity: evaluate('identity policy', isEntity ? policies.identityPolicies : [], request),
    boundary: hasBoundary ? evaluate('permissions boundary', policies.permissionsBoundary, request) : undefined,
    session: evaluateSession(policies.sessionPolicies, request),
  };
}

/** Session policies that are absent limit nothing. */
function evaluateSession(policies: PolicySet['sessionPolicies'], request: RequestView): PolicyTypeResult | undefined {
  return request.principal.account === undefined || asList(policies).length === 0
    ? undefined
    : evaluate('session policy', policies, request);
}

/**
 * Users and roles have identity policies and boundaries; a federated user has those of the user who made the session.
 */
function hasIdentityPolicies(principal: PrincipalIdentity): boolean {
  return principal.type === 'session' || principal.type === 'user' || principal.type === 'federated user';
}

function evaluateLevels(
  levels: PolicySet['serviceControlPolicies'],
  request: RequestView,
): readonly PolicyTypeResult[] {
  return asList(levels).map((policies, level) => {
    const { deny, ...layer } = evaluate('service control policy', policies, request);
    return { ...layer, level, deny: deny && { ...deny, level } };
  });
}

/**
 * A statement that denies ends the search; of those that allow, the one that names the principal most closely counts.
 */
function evaluate(
  policyKind: PolicyKind,
  policies: OneOrMany<PolicyJson> | undefined,
  request: RequestView,
  principals: StatementRules['principals'] = 'none',
  hasBoundary = false,
): PolicyTypeResult {
  let allow: PolicyReference | undefined;
  let match = PrincipalMatch.NONE;
  const documents = asList(policies);
  for (let policyIndex = 0; policyIndex < documents.length; policyIndex++) {
    assertWellFormed(documents[policyIndex]);
    const rules: StatementRules = { principals, hasBoundary, withVariables: supportsVariables(documents[policyIndex]) };
    const statements = asList(documents[policyIndex].Statement);
    for (const statementIndex of statementsOn(documents[policyIndex], request.resource)) {
      const statement = statements[statementIndex];
      if (statement.Effect === 'Allow' && match === PrincipalMatch.DIRECT) {
        continue;
      }
      const found = matchStatement(statement, request, rules);
      if (found === PrincipalMatch.NONE) {
        continue;
      }
      const reference: PolicyReference = {
        policyKind,
        policyIndex,
        statementIndex,
        sid: statement.Sid,
        source: documents[policyIndex][SOURCE],
      };
      if (statement.Effect === 'Deny') {
        return { policyKind, deny: reference, match: PrincipalMatch.NONE };
      }
      if (found > match) {
        match = found;
        allow = reference;
      }
    }
  }
  return { policyKind, allow, match, source: sourceOf(documents) };
}

/** Several policies of a kind have no common source. */
function sourceOf(documents: readonly PolicyJson[]): PolicySource | undefined {
  return documents.length === 1 ? documents[0][SOURCE] : undefined;
}
