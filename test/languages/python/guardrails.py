"""The guardrails of an organization."""

from aws_cdk import App, CfnOutput, Environment, Stack
from cdk_private_ec2_s3_access import (
    DeclarativeEc2Guardrails,
    Guardrail,
    ResourceControlGuardrails,
    ServiceControlGuardrails,
    WorkloadsOuGuardrails,
)


def guardrails(app: App) -> None:
    """Every guardrail of the Workloads OU, switched on, off, or on with an exemption."""
    stack = Stack(app, "Guardrails", env=Environment(account="999988887777", region="us-east-1"))
    on = Guardrail.on()
    off = Guardrail.off()
    patching = Guardrail.exempting(["arn:aws:iam::111122223333:role/ops/PatchRunner"])
    workloads = WorkloadsOuGuardrails(
        stack,
        "Workloads",
        organization_id="o-a1b2c3d4e5",
        target_ids=["ou-ab12-11111111"],
        deployment_role_names=["cdk-hnb659fds-*", "Deploy"],
        exempt_role_arns=["arn:aws:iam::111122223333:role/break-glass/BreakGlass"],
        workload_role_arns=["arn:aws:iam::*:role/workloads/*"],
        s3_block_public_access=True,
        service_control=ServiceControlGuardrails(
            deny_access_keys=on,
            deny_iam_users=on,
            deny_instance_changes=off,
            deny_internet_gateways=on,
            deny_leaving_organization=on,
            deny_nat_gateways=off,
            deny_passing_workload_roles=on,
            deny_public_ips=on,
            deny_send_command=patching,
            protect_block_public_access=on,
            protect_bucket_policies=on,
            protect_deployment_roles=on,
            protect_key_policies=on,
            protect_vpc_endpoints=on,
            require_ec2_credentials_in_vpc=on,
            require_imds_v2=on,
        ),
        resource_control=ResourceControlGuardrails(
            deny_confused_deputies=on,
            require_organization_identities=on,
            require_organization_networks=off,
            trusted_accounts=["555566667777"],
        ),
        declarative_ec2=DeclarativeEc2Guardrails(
            exception_message="Stopped by a guardrail: ask cloud-security@example.com",
            image_block_public_access=True,
            instance_metadata_defaults=True,
            instance_metadata_hop_limit=2,
            snapshot_block_public_access=True,
            vpc_block_public_access=False,
        ),
    )
    CfnOutput(stack, "Types", value=",".join(policy.type for policy in workloads.policies))
    CfnOutput(stack, "PatchRunner", value=f"{str(patching.is_on).lower()} {','.join(patching.exempt_role_arns)}")
