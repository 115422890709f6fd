import { arnMatch, asList, PolicyJson, wildcardMatch } from '../iam';
import type { RequestPrincipal } from './candidate-request';
import { keysOf } from './constants';
import { BucketInput, knownPolicy, ProofInput, rolesFor, TaskRoleInput } from './proof-input';
import { isAbout } from './statements';

/** The keys that tell to which instance a role's credentials were issued. */
export const BINDING_KEYS: readonly string[] = ['aws:ec2instancesourcevpc', 'aws:ec2instancesourceprivateipv4'];

/** The negated operators that spare principals in a Deny. */
const SPARING = /^(Arn|String)Not(Equals|Like)(IfExists)?$/i;

/**
 * The principals that the policy of a bucket lets reach its objects from anywhere, as an access list says. Whom the
 * policy spares and no access list exempts is a hole, and the workload's own role is never exempt.
 */
export function exemptionsOf(
  { arn, policy, exemptPrincipalArns = [] }: BucketInput,
  input: ProofInput,
): readonly string[] {
  if (exemptPrincipalArns.length === 0) {
    return [];
  }
  const workloads = new Set(rolesFor([arn], input));
  const statements = asList(knownPolicy(policy)?.Statement).filter(
    statement =>
      statement.Effect === 'Deny' &&
      keysOf(statement).has('aws:sourcevpce') &&
      (isAbout(statement, 's3:GetObject', `${arn}/any-object`) || isAbout(statement, 's3:ListBucketVersions', arn)),
  );
  const spared = statements
    .flatMap(({ Condition = {} }) => Object.entries(Condition))
    .filter(([operator]) => SPARING.test(operator))
    .flatMap(([, keys]) =>
      Object.entries(keys)
        .filter(([key]) => key.toLowerCase() === 'aws:principalarn')
        .flatMap(([, value]) => asList(value).map(String)),
    );
  return [...new Set(spared)].filter(each => !workloads.has(each) && isOneOf(exemptPrincipalArns, { arn: each }));
}

/** Whether one of the patterns means the principal. */
export function isOneOf(patterns: readonly string[], { arn }: Pick<RequestPrincipal, 'arn'>): boolean {
  return arn !== undefined && patterns.some(pattern => arnMatch(pattern, arn));
}

/** Whether a role is let into a bucket for a task that an action is part of. */
export function isTask({ taskRoles = [] }: BucketInput, principal: RequestPrincipal, action: string): boolean {
  return taskRoles.some(each => isOneOf([each.roleArn], principal) && needs(each, action));
}

/** For each task in a bucket, those of some actions that it needs. */
export function taskActions(
  { taskRoles = [] }: Pick<BucketInput, 'taskRoles'>,
  actions: readonly string[],
): ReadonlyArray<readonly string[]> {
  return taskRoles.map(each => actions.filter(action => needs(each, action)));
}

function needs({ actions }: TaskRoleInput, action: string): boolean {
  return actions.some(pattern => wildcardMatch(pattern.toLowerCase(), action.toLowerCase()));
}

/** Whether the policy has a statement that looks at one of the keys. */
export function looksAt(policy: PolicyJson | undefined, keys: readonly string[]): boolean {
  return asList(policy?.Statement).some(statement => keys.some(key => keysOf(statement).has(key.toLowerCase())));
}
