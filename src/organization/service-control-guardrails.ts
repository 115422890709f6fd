import { GUARDRAIL, Guardrail } from './guardrail';
import { Fields, optional } from '../private';

/**
 * The guardrails of the service control policies (SCPs), each by its name. They hold for the identities of the accounts
 * under the target, the root user included; not for the management account, service-linked roles and AWS services.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 */
export interface ServiceControlGuardrails {
  /**
   * No access keys, service-specific credentials or signing certificates of IAM users. Keys that exist can still be
   * deactivated and deleted.
   *
   * @default Guardrail.on()
   */
  readonly denyAccessKeys?: Guardrail;

  /**
   * No IAM users and no passwords for them.
   *
   * @default Guardrail.on()
   */
  readonly denyIamUsers?: Guardrail;

  /**
   * No change of instance attributes, user data among them, no replaced root volumes, and no new versions of launch
   * templates, except by the roles that CloudFormation deploys with. Volumes can still be detached from stopped
   * instances and attached to others.
   *
   * @default Guardrail.on()
   */
  readonly denyInstanceChanges?: Guardrail;

  /**
   * No internet gateways of any kind, and no default VPC, which comes with one.
   *
   * @default Guardrail.on()
   */
  readonly denyInternetGateways?: Guardrail;

  /**
   * No account leaves the organization.
   *
   * @default Guardrail.on()
   */
  readonly denyLeavingOrganization?: Guardrail;

  /**
   * No NAT gateways.
   *
   * @default Guardrail.on()
   */
  readonly denyNatGateways?: Guardrail;

  /**
   * Nobody hands a workload role to EC2, or swaps the role in an instance profile or the profile of an instance, except
   * for the roles that CloudFormation deploys with. What a role may do, and who may assume it, is left to IAM.
   *
   * @default Guardrail.on()
   */
  readonly denyPassingWorkloadRoles?: Guardrail;

  /**
   * No Elastic IP addresses, no launch that asks for a public address, and no change of subnets, which can give one,
   * except by the roles that CloudFormation deploys with. No condition sees an address that is added to a network
   * interface later: without internet gateways, and under VPC Block Public Access, it leads nowhere.
   *
   * @default Guardrail.on()
   */
  readonly denyPublicIps?: Guardrail;

  /**
   * No commands through Run Command, State Manager and maintenance windows of AWS Systems Manager. Sessions are not
   * touched, and neither are the documents that associations and tasks made before run.
   *
   * @default Guardrail.on()
   * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/run-command.html
   */
  readonly denySendCommand?: Guardrail;

  /**
   * The settings that block public access to the account's buckets, images, snapshots and VPCs stay as they are.
   *
   * @default Guardrail.on()
   */
  readonly protectBlockPublicAccess?: Guardrail;

  /**
   * Nobody changes or deletes the policy of a bucket, except for the roles that CloudFormation deploys with, and the
   * root user, who repairs a policy that locks everybody out.
   *
   * @default Guardrail.on()
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html
   */
  readonly protectBucketPolicies?: Guardrail;

  /**
   * Nobody creates or changes the roles that other guardrails spare because CloudFormation deploys with them, except
   * for these roles themselves. Bootstrap accounts before they come under the guardrail, through a StackSet, or with
   * an exempt role. Whoever may pass such a role to CloudFormation deploys with it: keep `iam:PassRole` for them to
   * the pipeline.
   *
   * @default Guardrail.on()
   */
  readonly protectDeploymentRoles?: Guardrail;

  /**
   * Nobody changes the policy of a KMS key, except for the roles that CloudFormation deploys with, and the root user.
   *
   * @default Guardrail.on()
   */
  readonly protectKeyPolicies?: Guardrail;

  /**
   * Nobody changes or deletes VPC endpoints, except for the roles that CloudFormation deploys with.
   *
   * @default Guardrail.on()
   */
  readonly protectVpcEndpoints?: Guardrail;

  /**
   * The credentials of an EC2 instance work from the VPC of the instance only. Spared are calls that AWS services make
   * with them, the role `aws:ec2-infrastructure`, with which EC2 decrypts volumes, and the actions of data planes whose
   * requests do not tell their VPC.
   *
   * @default Guardrail.on()
   * @see
   * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-ec2instancesourcevpc
   */
  readonly requireEc2CredentialsInVpc?: Guardrail;

  /**
   * No instance with IMDSv1: none is launched, none is changed to it, and credentials that it gave out are refused.
   *
   * @default Guardrail.on()
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html
   */
  readonly requireImdsV2?: Guardrail;
}

/** The guardrails by their names. */
export const SERVICE_CONTROL_FIELDS: Fields<ServiceControlGuardrails> = {
  denyAccessKeys: optional(GUARDRAIL),
  denyIamUsers: optional(GUARDRAIL),
  denyInstanceChanges: optional(GUARDRAIL),
  denyInternetGateways: optional(GUARDRAIL),
  denyLeavingOrganization: optional(GUARDRAIL),
  denyNatGateways: optional(GUARDRAIL),
  denyPassingWorkloadRoles: optional(GUARDRAIL),
  denyPublicIps: optional(GUARDRAIL),
  denySendCommand: optional(GUARDRAIL),
  protectBlockPublicAccess: optional(GUARDRAIL),
  protectBucketPolicies: optional(GUARDRAIL),
  protectDeploymentRoles: optional(GUARDRAIL),
  protectKeyPolicies: optional(GUARDRAIL),
  protectVpcEndpoints: optional(GUARDRAIL),
  requireEc2CredentialsInVpc: optional(GUARDRAIL),
  requireImdsV2: optional(GUARDRAIL),
};
