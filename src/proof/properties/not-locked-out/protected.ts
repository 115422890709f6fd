import { asList, PROTECTABLE_ACTIONS, StatementJson } from '../../../iam';
import type { Authorizer } from '../../authorizers';
import { CandidateRequest, principalOf, RequestClass } from '../../candidate-request';
import { documentsOf, Ruling } from '../../counterexample-search';
import { executionRolesOf, identity, isDeploymentRole } from '../../principals';
import { rolesFor } from '../../proof-input';
import type { PropertyCheck } from '../../property-check';
import type { RequestSpace } from '../../request-space';
import { exampleOf, sparedBy } from '../guarded/guardrails';

/**
 * Whether a Deny protects a resource and locks nobody out: it is of something that CloudFormation does not do, and
 * whoever meets it may change the policy; or it leaves the administration to a role of the account that it names.
 */
export function isProtected(
  check: PropertyCheck,
  space: RequestSpace,
  ruling: Ruling,
  authorizer: Authorizer,
): boolean {
  return isLiftable(check, ruling, authorizer) || isLeftToAnother(check, space, ruling, authorizer);
}

function isLiftable({ search }: PropertyCheck, { candidate }: Ruling, authorizer: Authorizer): boolean {
  const action = candidate.action.startsWith('kms:') ? 'kms:PutKeyPolicy' : 's3:PutBucketPolicy';
  return (
    PROTECTABLE_ACTIONS.has(candidate.action) &&
    search.decide({ ...candidate, action }, authorizer).verdict !== 'ExplicitlyDenied'
  );
}

function isLeftToAnother(
  { search, assume }: PropertyCheck,
  space: RequestSpace,
  { candidate, decision }: Ruling,
  authorizer: Authorizer,
): boolean {
  const [by] = decision.decidedBy;
  const policies = authorizer.policies(candidate);
  const statement = asList(documentsOf(by, policies)[by.policyIndex ?? 0]?.Statement)[by.statementIndex ?? 0];
  const isDeployer = principalOf(candidate).manages === 'as deployer';
  const others = isDeployer ? deployersBeside(candidate, space) : administratorsIn(statement, space, candidate);
  const other = others.find(
    each => search.decide(actingAs(each, candidate), authorizer).verdict !== 'ExplicitlyDenied',
  );
  if (other === undefined) {
    return false;
  }
  assume(`${other.words} administers ${candidate.target.words}, and can be assumed: others may not`);
  return true;
}

/** The roles of the account that a Deny spares by name, beside those of workloads and deployments. */
function administratorsIn(
  statement: StatementJson,
  { input }: RequestSpace,
  { target }: CandidateRequest,
): readonly RequestClass[] {
  const { partition, account } = input;
  const workloads = rolesFor([target.arn], input);
  return sparedBy([{ Statement: [statement] }])
    .map(({ pattern }) => exampleOf(pattern, partition, account))
    .filter(each => each.includes(':role/') && !workloads.includes(each))
    .map(each => identity(each, each))
    .filter(({ principal }) => principal !== undefined && !isDeploymentRole(principal, input));
}

/**
 * The execution roles of the stack, where something else that CloudFormation can work with is kept out: StackSets, and
 * the credentials of whoever calls it. The library's own Deny of lists spares those as well.
 */
function deployersBeside({ action, classes }: CandidateRequest, { input }: RequestSpace): readonly RequestClass[] {
  const roles = executionRolesOf(input);
  const isOne = classes.some(({ principal }) => roles.includes(principal?.arn ?? ''));
  return action === 's3:ListBucket' || isOne ? [] : roles.map(each => identity(each, each));
}

function actingAs(other: RequestClass, { classes, ...rest }: CandidateRequest): CandidateRequest {
  return { ...rest, classes: classes.map(each => (each.principal === undefined ? each : other)) };
}
