import { conditionsHold } from './conditions';
import { anyOf, asList, OneOrMany, StatementJson } from './document';
import { isSparedByNotPrincipal, matchGatewayPrincipal, matchPrincipal, PrincipalMatch } from './principal';
import type { RequestView } from './request/access-request';
import { ContextLookup, expandPattern } from './variables';
import { wildcardMatch } from './wildcard';

/**
 * What the kind of policy says about how its statements are read.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html
 */
export interface StatementRules {
  /** `none` for policies that are attached to the principal itself, `gateway` for the policy of a gateway endpoint. */
  readonly principals: 'none' | 'named' | 'gateway';
  /** Whether the document's version knows policy variables. */
  readonly withVariables: boolean;
  /** Whether the principal has a permissions boundary. */
  readonly hasBoundary: boolean;
}

/**
 * Whether a statement applies to a request, and how closely it names the principal.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 */
export function matchStatement(statement: StatementJson, request: RequestView, rules: StatementRules): PrincipalMatch {
  if (!matchesAction(statement, request.action)) {
    return PrincipalMatch.NONE;
  }
  if (!matchesResource(statement, request, rules.withVariables ? request.lookup : undefined)) {
    return PrincipalMatch.NONE;
  }
  const match = rules.principals === 'none' ? PrincipalMatch.DIRECT : matchNamedPrincipal(statement, request, rules);
  if (match === PrincipalMatch.NONE) {
    return match;
  }
  return conditionsHold(statement.Condition, request.lookup, rules.withVariables) ? match : PrincipalMatch.NONE;
}

function matchNamedPrincipal(statement: StatementJson, request: RequestView, rules: StatementRules): PrincipalMatch {
  if (statement.NotPrincipal !== undefined) {
    const spared = isSparedByNotPrincipal(statement.NotPrincipal, request.principal, rules.hasBoundary);
    return spared ? PrincipalMatch.NONE : PrincipalMatch.DIRECT;
  }
  if (statement.Principal === undefined) {
    return PrincipalMatch.NONE;
  }
  return rules.principals === 'gateway'
    ? matchGatewayPrincipal(statement.Principal, request.principal)
    : matchPrincipal(statement.Principal, request.principal);
}

/** `Action` or `NotAction`; names are compared without regard to case. */
function matchesAction(statement: StatementJson, action: string): boolean {
  if (statement.Action !== undefined) {
    return includesAction(statement.Action, action);
  }
  return statement.NotAction !== undefined && !includesAction(statement.NotAction, action);
}

function includesAction(patterns: OneOrMany<string>, action: string): boolean {
  return anyOf(patterns, pattern => wildcardMatch(pattern.toLowerCase(), action));
}

/** `Resource` or `NotResource`; policies that are attached to a resource may have neither. */
function matchesResource(
  statement: StatementJson,
  request: RequestView,
  variables: ContextLookup | undefined,
): boolean {
  if (statement.Resource !== undefined) {
    return coverage(statement.Resource, request.resource, variables) === 'covered';
  }
  return (
    statement.NotResource === undefined ||
    coverage(statement.NotResource, request.resource, variables) === 'not covered'
  );
}

/**
 * Whether one of the patterns covers the resource. A pattern with a policy variable that has no value matches no
 * resource, in `Resource` and in `NotResource` alike: it covers nothing, and it does not leave everything to a
 * `NotResource` either.
 */
function coverage(
  patterns: OneOrMany<string>,
  resource: string,
  variables: ContextLookup | undefined,
): 'covered' | 'not covered' | 'unknown' {
  let result: 'not covered' | 'unknown' = 'not covered';
  for (const text of asList(patterns)) {
    const pattern = variables === undefined ? text : expandPattern(text, variables);
    if (pattern === undefined) {
      result = 'unknown';
    } else if (wildcardMatch(pattern, resource)) {
      return 'covered';
    }
  }
  return result;
}
