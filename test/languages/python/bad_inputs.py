"""One input of each kind that no workload can be made of."""

from typing import Callable, Dict

from aws_cdk import App, CfnParameter, Environment, Size, Stack
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3
from cdk_private_ec2_s3_access import (
    BucketAccess,
    Compute,
    DataBucketSource,
    OnPremisesAccess,
    PerimeterExemption,
    PrivateEc2S3Access,
    WorkloadsOuGuardrails,
)


def bad_inputs(app: App) -> Dict[str, Callable[[], object]]:
    read = BucketAccess.read_only()

    def source() -> DataBucketSource:
        return DataBucketSource.create(access=[read])

    def stack_of(name: str) -> Stack:
        return Stack(app, name, env=Environment(account="111122223333", region="eu-west-1"))

    def exempt_workload() -> object:
        stack = stack_of("BadExemption")
        role = iam.Role(stack, "Role", assumed_by=iam.ServicePrincipal("ec2.amazonaws.com"))
        return PrivateEc2S3Access(
            stack,
            "App",
            data_buckets={"UserData": source()},
            role=role,
            perimeter_exemptions=[PerimeterExemption.role(role)],
        )

    def logs_for_data() -> object:
        stack = stack_of("BadLogs")
        logs = s3.Bucket(stack, "Logs")
        data = DataBucketSource.from_bucket(logs, access=[read])
        return PrivateEc2S3Access(stack, "App", access_logs_bucket=logs, data_buckets={"Logs": data})

    def after_synthesis() -> object:
        late = App()
        access = PrivateEc2S3Access(
            Stack(late, "Late"), "App", data_buckets={"UserData": source()}, prove_at_synthesis=False
        )
        late.synth()
        return access.add_data_bucket("More", source())

    return {
        "an empty organization": lambda: WorkloadsOuGuardrails(
            stack_of("BadOu"), "Guardrails", organization_id="", target_ids=["ou-ab12-11111111"]
        ),
        "a variable that is not set": lambda: PerimeterExemption.permission_set(str(None)),
        "a reserved id": lambda: PrivateEc2S3Access(stack_of("BadId"), "App", data_buckets={"Default": source()}),
        "a network that is too small": lambda: PrivateEc2S3Access(
            stack_of("BadNetwork"),
            "App",
            data_buckets={"UserData": source()},
            ip_addresses=ec2.IpAddresses.cidr("10.0.0.0/28"),
        ),
        "half of the internet": lambda: OnPremisesAccess.from_role(
            iam.Role.from_role_arn(stack_of("BadSite"), "Site", "arn:aws:iam::111122223333:role/Site"),
            access={"UserData": [read]},
            networks=["0.0.0.0/1"],
        ),
        "a type without EBS optimization": lambda: Compute.instance(instance_type=ec2.InstanceType("t2.micro")),
        "a volume below its image": lambda: PrivateEc2S3Access(
            stack_of("BadVolume"),
            "App",
            data_buckets={"UserData": source()},
            compute=Compute.instance(root_volume_size=Size.gibibytes(4)),
        ),
        "a role of another partition": lambda: PrivateEc2S3Access(
            stack_of("BadPartition"),
            "App",
            data_buckets={"UserData": source()},
            perimeter_exemptions=[PerimeterExemption.role_arn("arn:aws-cn:iam::111122223333:role/Backup")],
        ),
        "the workload as exemption": exempt_workload,
        "a log bucket for data": logs_for_data,
        "a parameter as prefix": lambda: BucketAccess.read_only(
            CfnParameter(stack_of("BadPrefix"), "Prefix").value_as_string
        ),
        "a data bucket after synthesis": after_synthesis,
    }
