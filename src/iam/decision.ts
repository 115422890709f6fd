import type { PolicySource } from './document';

/**
 * The outcome of a request: `ExplicitlyDenied` by a statement, or `ImplicitlyDenied` for want of one that allows.
 *
 * @see
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_AccessPolicyLanguage_Interplay.html
 */
export type Verdict = 'Allowed' | 'ExplicitlyDenied' | 'ImplicitlyDenied';

/**
 * The kinds of policy that take part in a decision. The root user has no policy, but full access to its own account.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html
 */
export type PolicyKind =
  | 'resource control policy'
  | 'service control policy'
  | 'endpoint policy'
  | 'bucket policy'
  | 'key policy'
  | 'identity policy'
  | 'permissions boundary'
  | 'session policy'
  | 'root user';

/**
 * A statement of a policy; or, without `statementIndex`, the policies of a kind that lack one.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html
 */
export interface PolicyReference {
  readonly policyKind: PolicyKind;
  /** The level of the organization, counted from 0; for service control policies. */
  readonly level?: number;
  /** Which policy of its kind (and level), counted from 0. */
  readonly policyIndex?: number;
  /** Which statement of the policy, counted from 0. */
  readonly statementIndex?: number;
  readonly sid?: string;
  /** Where the policy comes from, if its document says it. */
  readonly source?: PolicySource;
}

/**
 * The verdict on a request, and why.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export interface Decision {
  readonly verdict: Verdict;
  /**
   * Allowed: the statements that grant the access, then the one of the endpoint policy that lets it through.
   * Explicitly denied: the statement that denies. Implicitly denied: the kinds of policy that lack a statement.
   */
  readonly decidedBy: readonly PolicyReference[];
  /** The same in one English sentence. */
  readonly reason: string;
}

/**
 * The decision that these statements allow the request.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export function allowed(by: readonly PolicyReference[]): Decision {
  return { verdict: 'Allowed', decidedBy: by, reason: `allowed by ${joined(by.map(describe), 'and')}` };
}

/**
 * The decision that this statement denies the request.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export function explicitlyDenied(by: PolicyReference): Decision {
  return { verdict: 'ExplicitlyDenied', decidedBy: [by], reason: `denied by ${describe(by)}` };
}

/**
 * The decision that no statement of these kinds of policy allows the request.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export function implicitlyDenied(lacking: readonly PolicyReference[]): Decision {
  return {
    verdict: 'ImplicitlyDenied',
    decidedBy: lacking,
    reason: `no statement of ${joined(lacking.map(describePolicy), 'or')} allows it`,
  };
}

function describe(reference: PolicyReference): string {
  if (reference.policyKind === 'root user') {
    return 'the full access of the root user';
  }
  const statement = reference.sid ?? `#${(reference.statementIndex ?? 0) + 1}`;
  return `statement ${statement} of ${describePolicy(reference)}`;
}

/** Policies that can be several are counted from 1, as one does in a sentence. */
function describePolicy(reference: PolicyReference): string {
  const { policyKind, level, policyIndex, source } = reference;
  if (source !== undefined) {
    return `the ${source.kind} ${source.place}`;
  }
  const number = policyIndex === undefined || policyIndex === 0 ? '' : ` #${policyIndex + 1}`;
  return `the ${policyKind}${number}${level === undefined ? '' : ` at level ${level + 1}`}`;
}

function joined(parts: readonly string[], conjunction: string): string {
  const last = parts[parts.length - 1];
  return parts.length < 2 ? `${last}` : `${parts.slice(0, -1).join(', ')} ${conjunction} ${last}`;
}
