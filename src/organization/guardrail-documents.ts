import { Aws } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Guardrail } from './guardrail';
import { denyConfusedDeputies, denyOutsideNetworks, denyOutsideOrganization } from './resource-control-statements';
import { ServiceControlGuardrails } from './service-control-guardrails';
import { CDK_EXECUTION_ROLE, STACK_SETS_ROLE_NAMES } from '../iam';
import {
  ServiceControlScope,
  denyAccessKeys,
  denyIamUsers,
  denyInternetGateways,
  denyLeavingOrganization,
  denyNatGateways,
  denyPublicIps,
  protectBlockPublicAccess,
  requireEc2CredentialsInVpc,
  requireImdsV2,
} from './service-control-statements';
import {
  denyInstanceChanges,
  denyPassingWorkloadRoles,
  denySendCommand,
  protectBucketPolicies,
  protectDeploymentRoles,
  protectKeyPolicies,
  protectVpcEndpoints,
} from './workload-protection-statements';
import type { WorkloadsOuGuardrailsProps } from './workloads-ou-guardrails-props';

/** The roles that CloudFormation deploys with: those of the CDK's bootstrap and of StackSets. */
export const DEPLOYMENT_ROLE_NAMES = [`${CDK_EXECUTION_ROLE}*`, ...STACK_SETS_ROLE_NAMES];

/**
 * The statements of each guardrail of the service control policies, by its name and in the order in which they are
 * rendered.
 */
const SERVICE_CONTROL = {
  denyInternetGateways,
  denyNatGateways,
  denyPublicIps,
  denyIamUsers,
  denyAccessKeys,
  denyLeavingOrganization,
  requireImdsV2,
  requireEc2CredentialsInVpc,
  protectBlockPublicAccess,
  denyPassingWorkloadRoles,
  denySendCommand,
  denyInstanceChanges,
  protectVpcEndpoints,
  protectBucketPolicies,
  protectKeyPolicies,
  protectDeploymentRoles,
} as const satisfies Record<keyof ServiceControlGuardrails, (scope: ServiceControlScope) => PolicyStatement[]>;

/** The statements of the service control policies. */
export function serviceControlStatements(props: WorkloadsOuGuardrailsProps): PolicyStatement[] {
  const {
    serviceControl = {},
    exemptRoleArns = [],
    workloadRoleArns = ['*'],
    deploymentRoleNames = DEPLOYMENT_ROLE_NAMES,
  } = props;
  const deploymentRoleArns = [...deploymentRoleNames].sort().map(name => `arn:${Aws.PARTITION}:iam::*:role/${name}`);
  return Object.entries(SERVICE_CONTROL).flatMap(([name, statementsOf]) => {
    const guardrail = serviceControl[name as keyof ServiceControlGuardrails] ?? Guardrail.on();
    const spared = [...new Set([...exemptRoleArns, ...guardrail.exemptRoleArns])].sort();
    return guardrail.isOn ? statementsOf({ exemptRoleArns: spared, deploymentRoleArns, workloadRoleArns }) : [];
  });
}

/** The statements of the resource control policies. */
export function resourceControlStatements(props: WorkloadsOuGuardrailsProps): PolicyStatement[] {
  const { organizationId, resourceControl = {}, exemptRoleArns = [] } = props;
  const {
    requireOrganizationIdentities = Guardrail.on(),
    denyConfusedDeputies: deputies = Guardrail.on(),
    requireOrganizationNetworks = Guardrail.off(),
    trustedAccounts = [],
  } = resourceControl;
  const scopeOf = (guardrail: Guardrail) => ({
    organizationId,
    trustedAccounts,
    exemptRoleArns: [...new Set([...exemptRoleArns, ...guardrail.exemptRoleArns])].sort(),
  });
  return [
    ...(requireOrganizationIdentities.isOn ? [denyOutsideOrganization(scopeOf(requireOrganizationIdentities))] : []),
    ...(deputies.isOn ? [denyConfusedDeputies(scopeOf(deputies))] : []),
    ...(requireOrganizationNetworks.isOn ? [denyOutsideNetworks(scopeOf(requireOrganizationNetworks))] : []),
  ];
}
