package scenarios;

import io.github.cdkprivateec2s3access.DeclarativeEc2Guardrails;
import io.github.cdkprivateec2s3access.Guardrail;
import io.github.cdkprivateec2s3access.ResourceControlGuardrails;
import io.github.cdkprivateec2s3access.ServiceControlGuardrails;
import io.github.cdkprivateec2s3access.WorkloadsOuGuardrails;
import java.util.List;
import java.util.stream.Collectors;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.organizations.CfnPolicy;

/** The guardrails of an organization. */
final class Guardrails {
    private Guardrails() {
    }

    /** Every guardrail of the Workloads OU, switched on, off, or on with an exemption. */
    static void define(final App app) {
        final Stack stack = new Stack(app, "Guardrails", Scenarios.env("999988887777", "us-east-1"));
        final Guardrail on = Guardrail.on();
        final Guardrail off = Guardrail.off();
        final Guardrail patching = Guardrail.exempting(List.of("arn:aws:iam::111122223333:role/ops/PatchRunner"));
        final WorkloadsOuGuardrails workloads = WorkloadsOuGuardrails.Builder.create(stack, "Workloads")
            .organizationId("o-a1b2c3d4e5")
            .targetIds(List.of("ou-ab12-11111111"))
            .deploymentRoleNames(List.of("cdk-hnb659fds-*", "Deploy"))
            .exemptRoleArns(List.of("arn:aws:iam::111122223333:role/break-glass/BreakGlass"))
            .workloadRoleArns(List.of("arn:aws:iam::*:role/workloads/*"))
            .s3BlockPublicAccess(true)
            .serviceControl(ServiceControlGuardrails.builder()
                .denyAccessKeys(on)
                .denyIamUsers(on)
                .denyInstanceChanges(off)
                .denyInternetGateways(on)
                .denyLeavingOrganization(on)
                .denyNatGateways(off)
                .denyPassingWorkloadRoles(on)
                .denyPublicIps(on)
                .denySendCommand(patching)
                .protectBlockPublicAccess(on)
                .protectBucketPolicies(on)
                .protectDeploymentRoles(on)
                .protectKeyPolicies(on)
                .protectVpcEndpoints(on)
                .requireEc2CredentialsInVpc(on)
                .requireImdsV2(on)
                .build())
            .resourceControl(ResourceControlGuardrails.builder()
                .denyConfusedDeputies(on)
                .requireOrganizationIdentities(on)
                .requireOrganizationNetworks(off)
                .trustedAccounts(List.of("555566667777"))
                .build())
            .declarativeEc2(DeclarativeEc2Guardrails.builder()
                .exceptionMessage("Stopped by a guardrail: ask cloud-security@example.com")
                .imageBlockPublicAccess(true)
                .instanceMetadataDefaults(true)
                .instanceMetadataHopLimit(2)
                .snapshotBlockPublicAccess(true)
                .vpcBlockPublicAccess(false)
                .build())
            .build();
        Scenarios.output(stack, "Types", workloads.getPolicies().stream().map(CfnPolicy::getType).collect(Collectors.joining(",")));
        Scenarios.output(stack, "PatchRunner", patching.getIsOn() + " " + String.join(",", patching.getExemptRoleArns()));
    }
}
