import { DeclarativeEc2Guardrails } from './declarative-ec2-guardrails';
import { ResourceControlGuardrails } from './resource-control-guardrails';
import { ServiceControlGuardrails } from './service-control-guardrails';

/** Properties of `WorkloadsOuGuardrails`. */
export interface WorkloadsOuGuardrailsProps {
  /**
   * The guardrails of the declarative policy for EC2.
   *
   * @default - all of them
   */
  readonly declarativeEc2?: DeclarativeEc2Guardrails;

  /**
   * The names of the roles that CloudFormation deploys with in the accounts, which the guardrails of the workload
   * spare. A name may end with a wildcard. Give those of your own bootstrap in place of the default.
   *
   * @default - those of the CDK's default bootstrap and of StackSets
   */
  readonly deploymentRoleNames?: string[];

  /**
   * The exact ARNs of roles that every service control and resource control policy spares, such as a role for
   * break-glass.
   *
   * @default - none
   */
  readonly exemptRoleArns?: string[];

  /** The id of the organization, such as `o-a1b2c3d4e5`. */
  readonly organizationId: string;

  /**
   * The guardrails of the resource control policies (RCPs).
   *
   * @default - all of them, but for `requireOrganizationNetworks`
   */
  readonly resourceControl?: ResourceControlGuardrails;

  /**
   * Whether a policy for S3 blocks public access to every bucket of the accounts.
   *
   * @default true
   */
  readonly s3BlockPublicAccess?: boolean;

  /**
   * The guardrails of the service control policies (SCPs).
   *
   * @default - all of them
   */
  readonly serviceControl?: ServiceControlGuardrails;

  /**
   * The ids of the organizational units, or accounts, that the policies are attached to, such as `ou-ab12-11111111`.
   * Only the deployment tells whether they are there, and whether policies of others leave room for these.
   */
  readonly targetIds: string[];

  /**
   * Patterns for the ARNs of the workloads' roles, whose passing to EC2 `denyPassingWorkloadRoles` denies, such as
   * `arn:aws:iam::*:role/workloads/*`.
   *
   * @default - every role
   */
  readonly workloadRoleArns?: string[];
}
