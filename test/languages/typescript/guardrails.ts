import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { Guardrail, WorkloadsOuGuardrails } from 'cdk-private-ec2-s3-access';

/** Every guardrail of the Workloads OU, switched on, off, or on with an exemption. */
export function guardrails(app: App): void {
  const stack = new Stack(app, 'Guardrails', { env: { account: '999988887777', region: 'us-east-1' } });
  const on = Guardrail.on();
  const off = Guardrail.off();
  const patching = Guardrail.exempting(['arn:aws:iam::111122223333:role/ops/PatchRunner']);
  const workloads = new WorkloadsOuGuardrails(stack, 'Workloads', {
    organizationId: 'o-a1b2c3d4e5',
    targetIds: ['ou-ab12-11111111'],
    deploymentRoleNames: ['cdk-hnb659fds-*', 'Deploy'],
    exemptRoleArns: ['arn:aws:iam::111122223333:role/break-glass/BreakGlass'],
    workloadRoleArns: ['arn:aws:iam::*:role/workloads/*'],
    s3BlockPublicAccess: true,
    serviceControl: {
      denyAccessKeys: on,
      denyIamUsers: on,
      denyInstanceChanges: off,
      denyInternetGateways: on,
      denyLeavingOrganization: on,
      denyNatGateways: off,
      denyPassingWorkloadRoles: on,
      denyPublicIps: on,
      denySendCommand: patching,
      protectBlockPublicAccess: on,
      protectBucketPolicies: on,
      protectDeploymentRoles: on,
      protectKeyPolicies: on,
      protectVpcEndpoints: on,
      requireEc2CredentialsInVpc: on,
      requireImdsV2: on,
    },
    resourceControl: {
      denyConfusedDeputies: on,
      requireOrganizationIdentities: on,
      requireOrganizationNetworks: off,
      trustedAccounts: ['555566667777'],
    },
    declarativeEc2: {
      exceptionMessage: 'Stopped by a guardrail: ask cloud-security@example.com',
      imageBlockPublicAccess: true,
      instanceMetadataDefaults: true,
      instanceMetadataHopLimit: 2,
      snapshotBlockPublicAccess: true,
      vpcBlockPublicAccess: false,
    },
  });
  new CfnOutput(stack, 'Types', { value: workloads.policies.map(({ type }) => type).join(',') });
  new CfnOutput(stack, 'PatchRunner', { value: `${patching.isOn} ${patching.exemptRoleArns.join(',')}` });
}
