import { anyOf, asList, OneOrMany, PrincipalJson } from './document';
import type { PrincipalIdentity } from './principal-identity';

/**
 * How closely a statement names the principal, in growing strength. It decides what an `Allow` of a resource-based
 * policy is worth inside one account: naming the account only delegates to the identity policies, naming the role
 * grants within the permissions boundary and the session policies, and naming the session, the user or everyone
 * grants outright.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html
 */
export enum PrincipalMatch {
  /** The statement does not mean this principal. */
  NONE = 0,
  /** The statement names the principal's account. */
  ACCOUNT = 1,
  /** The statement names the role of the session. */
  ROLE = 2,
  /** The statement names the principal itself, or everyone. */
  DIRECT = 3,
}

/**
 * How a `Principal` element names the principal. Wildcards count only where they stand alone.
 *
 * A canonical user id matches only a request that is made under this very id: which account it belongs to is not in
 * the policy.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function matchPrincipal(element: PrincipalJson, principal: PrincipalIdentity): PrincipalMatch {
  if (typeof element === 'string') {
    return element === '*' ? PrincipalMatch.DIRECT : PrincipalMatch.NONE;
  }
  const aws = strongest(element.AWS, value => matchAws(value, principal));
  if (aws === PrincipalMatch.DIRECT) {
    return aws;
  }
  const named =
    anyOf(element.Service, value => principal.type === 'service' && (value === '*' || value === principal.name)) ||
    anyOf(element.Federated, value => principal.type === 'other' && value === principal.name) ||
    anyOf(element.CanonicalUser, value => principal.type === 'other' && value === principal.name);
  return named ? PrincipalMatch.DIRECT : aws;
}

/**
 * How the `Principal` of a gateway endpoint's policy names the principal: anything but `*` means the root user of
 * that account only.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html#vpc-endpoint-policies-gateway
 */
export function matchGatewayPrincipal(element: PrincipalJson, principal: PrincipalIdentity): PrincipalMatch {
  const everyone = typeof element === 'string' ? element === '*' : asList(element.AWS).includes('*');
  if (everyone) {
    return PrincipalMatch.DIRECT;
  }
  return principal.type === 'root' ? matchPrincipal(element, principal) : PrincipalMatch.NONE;
}

/**
 * Whether a `NotPrincipal` element spares the principal. AWS may check the account, then the role, then the session,
 * so a role's session is spared only if its account is listed together with the role or the session; and nobody with
 * a permissions boundary is ever spared.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
export function isSparedByNotPrincipal(
  element: PrincipalJson,
  principal: PrincipalIdentity,
  hasBoundary: boolean,
): boolean {
  const match = matchPrincipal(element, principal);
  if (match === PrincipalMatch.NONE || hasBoundary) {
    return false;
  }
  if (principal.account === undefined || typeof element === 'string') {
    return true;
  }
  const listed = asList(element.AWS);
  const accountListed = listed.some(
    value => value === '*' || value === principal.account || value === principal.rootArn,
  );
  return accountListed && match > PrincipalMatch.ACCOUNT;
}

function matchAws(value: string, principal: PrincipalIdentity): PrincipalMatch {
  if (value === '*') {
    return PrincipalMatch.DIRECT;
  }
  if (principal.account === undefined) {
    return PrincipalMatch.NONE;
  }
  if (value === principal.roleArn) {
    return PrincipalMatch.ROLE;
  }
  if (value === principal.name) {
    return PrincipalMatch.DIRECT;
  }
  if (value !== principal.account && value !== principal.rootArn) {
    return PrincipalMatch.NONE;
  }
  return principal.type === 'root' ? PrincipalMatch.DIRECT : PrincipalMatch.ACCOUNT;
}

function strongest(values: OneOrMany<string> | undefined, match: (value: string) => PrincipalMatch): PrincipalMatch {
  if (typeof values === 'string') {
    return match(values);
  }
  return asList(values).reduce((best, value) => Math.max(best, match(value)), PrincipalMatch.NONE);
}
