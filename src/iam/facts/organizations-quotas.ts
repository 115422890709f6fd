/** How long a policy of AWS Organizations may be, and how many of its type one target takes. */
export interface OrganizationsQuota {
  /** The characters of one document; white space counts, so documents are rendered without it. */
  readonly characters: number;
  /** How many policies are attached to one target at most, those of AWS among them. */
  readonly perTarget: number;
  /** How many of these AWS attaches itself: `FullAWSAccess`, `RCPFullAWSAccess`. */
  readonly takenByAws: number;
}

/** When the quotas were read. */
export const QUOTAS_READ_ON = '2026-11-25';

/**
 * The quotas of the policy types that the guardrails use, by the type as CloudFormation names it. Service control
 * policies: doubled on 2026-05-15, before which they were 5,120 characters and 5 for each target.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
 */
export const ORGANIZATIONS_QUOTAS = {
  SERVICE_CONTROL_POLICY: { characters: 10_240, perTarget: 10, takenByAws: 1 },
  RESOURCE_CONTROL_POLICY: { characters: 5_120, perTarget: 5, takenByAws: 1 },
  DECLARATIVE_POLICY_EC2: { characters: 10_000, perTarget: 10, takenByAws: 0 },
  S3_POLICY: { characters: 10_000, perTarget: 10, takenByAws: 0 },
} as const satisfies Record<string, OrganizationsQuota>;

/** A type of policy of AWS Organizations that the guardrails use. */
export type OrganizationsPolicyType = keyof typeof ORGANIZATIONS_QUOTAS;
