/**
 * The limits of policy documents, in characters.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html
 */
export const POLICY_LIMITS = {
  managedPolicy: 6_144,
  bucketPolicy: 20_480,
  endpointPolicy: 20_480,
  keyPolicy: 32_768,
} as const;
