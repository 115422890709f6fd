import { GUARDRAIL, Guardrail } from './guardrail';
import { ACCOUNT_ID } from '../access';
import { Check, Fields, also, listOf, optional } from '../private';

/**
 * The guardrails of the resource control policies (RCPs) on Amazon S3 and AWS KMS, each by its name. They hold for
 * every principal that asks for a resource of the accounts under the target, anonymous ones included. They do not
 * hold for resources of the management account, service-linked roles, keys that AWS manages, and `kms:RetireGrant`.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
 */
export interface ResourceControlGuardrails {
  /**
   * AWS services use the resources on behalf of accounts of the organization only, where a service tells on whose
   * behalf it acts.
   *
   * @default Guardrail.on()
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
   */
  readonly denyConfusedDeputies?: Guardrail;

  /**
   * Only identities of the organization, and AWS services, use the resources.
   *
   * @default Guardrail.on()
   */
  readonly requireOrganizationIdentities?: Guardrail;

  /**
   * Objects are reached only through VPC endpoints of the organization, or by AWS services. The configuration of
   * buckets is not touched. Whoever works with objects from elsewhere, as the CDK does when it publishes assets, must
   * be exempt.
   *
   * @default Guardrail.off()
   * @see
   * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-vpceorgid
   */
  readonly requireOrganizationNetworks?: Guardrail;

  /**
   * Accounts outside of the organization that are trusted like those inside, such as the account with which Elastic
   * Load Balancing delivers logs in some Regions.
   *
   * @default - none
   */
  readonly trustedAccounts?: string[];
}

/** Services that act in their own name have no role that could be spared. */
const sparesNobody: Check<Guardrail> = (prop, { exemptRoleArns }) =>
  exemptRoleArns.length === 0
    ? []
    : [
        {
          prop,
          got: exemptRoleArns,
          allowed: 'Guardrail.on() or Guardrail.off()',
          fix: 'name the account on whose behalf the service acts in trustedAccounts',
        },
      ];

/** The guardrails by their names. */
export const RESOURCE_CONTROL_FIELDS: Fields<ResourceControlGuardrails> = {
  denyConfusedDeputies: optional(also(GUARDRAIL, sparesNobody)),
  requireOrganizationIdentities: optional(GUARDRAIL),
  requireOrganizationNetworks: optional(GUARDRAIL),
  trustedAccounts: optional(listOf(ACCOUNT_ID, 'accounts', 'leave it out for none', { mayBeEmpty: true })),
};
