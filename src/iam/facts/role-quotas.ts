/** How many managed policies can be attached to one role. */
export interface ManagedPoliciesQuota {
  readonly byDefault: number;
  /** How many there can be when the quota is raised, where that is known. */
  readonly onRequest?: number;
  /** What to know of the number, if it may be another one. */
  readonly note?: string;
}

/**
 * Since 2026-08-19, before which they were 10 by default. The page of the quotas has them:
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const RAISED = { byDefault: 20, onRequest: 25 } as const satisfies ManagedPoliciesQuota;

const RAISED_IN: readonly string[] = ['aws', 'aws-cn', 'aws-us-gov'];

const ELSEWHERE = { byDefault: 10 } as const satisfies ManagedPoliciesQuota;

/**
 * The quota of managed policies for one role.
 *
 * @param partition the partition of the role; `undefined` where it is not known
 */
export function managedPoliciesQuota(partition: string | undefined): ManagedPoliciesQuota {
  if (partition === undefined) {
    return {
      ...RAISED,
      note: `the partition is not known: ${ELSEWHERE.byDefault} in others than ${RAISED_IN.join(', ')}`,
    };
  }
  return RAISED_IN.includes(partition) ? RAISED : ELSEWHERE;
}
