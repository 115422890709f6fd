"""The scenarios of scenarios.ts, as a user of the CDK in Python writes them."""

import json
import sys
from pathlib import Path
from typing import Callable, Dict, List, Optional

from aws_cdk import Acknowledgment, App, CfnOutput, Duration, Environment, Fn, RemovalPolicy, Size, Stack, Validations
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from cdk_private_ec2_s3_access import (
    AwsOwnedBucket,
    BucketAccess,
    Compute,
    DataBucketSource,
    DataEncryption,
    OrganizationBoundary,
    PerimeterExemption,
    PrivateEc2S3Access,
    RemoteAccess,
    S3EndpointMode,
)
from bad_inputs import bad_inputs
from guardrails import guardrails
from hosts import hosts
from paths import isolated_vpc, paths
from shared import sids_of
from sharing import sharing
from visitors_and_tags import visitors_and_tags


def quick_start(app: App) -> None:
    """The quick start of the README."""
    stack = Stack(app, "Training")
    PrivateEc2S3Access(
        stack,
        "App",
        data_buckets={
            "UserData": DataBucketSource.create(access=[BucketAccess.read_write()]),
            "Datasets": DataBucketSource.create(access=[BucketAccess.read_only("datasets/")]),
        },
    )


def every_option(scope: App) -> None:
    """Every option of the contract at once, and what the construct hands out."""
    stack = Stack(scope, "Training")
    archive = s3.Bucket.from_bucket_attributes(
        stack, "Archive", bucket_arn="arn:aws:s3:::example-log-archive", account="444455556666"
    )
    app = PrivateEc2S3Access(
        stack,
        "App",
        vpc=isolated_vpc(stack),
        vpc_subnets=ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_ISOLATED),
        compute=Compute.fleet(min_capacity=2, max_capacity=20),
        role=iam.Role(stack, "Role", assumed_by=iam.ServicePrincipal("ec2.amazonaws.com")),
        s3_endpoint=S3EndpointMode.gateway(),
        s3_prefix_list=ec2.PrefixList.from_prefix_list_id(stack, "S3", "pl-63a5400a"),
        data_buckets={
            "UserData": DataBucketSource.create(access=[BucketAccess.read_write()], bucket_name="myapp-prod-user-data-bucket"),
            "LogArchive": DataBucketSource.from_bucket(
                archive,
                access=[BucketAccess.write_only("myapp/", bucket_owner_full_control=True, tag_objects=True)],
            ),
            "Models": DataBucketSource.create(
                access=[
                    BucketAccess.read_only("models/", list_all_uploads=True, list_whole_bucket=True, prefix_root=True),
                    BucketAccess.of(["s3:GetObjectVersion"], "models/"),
                ]
            ),
        },
        encryption=DataEncryption.customer_managed_key(),
        aws_owned_buckets=[AwsOwnedBucket.amazon_linux2023_repositories(), AwsOwnedBucket.ssm_agent()],
        remote_access=RemoteAccess.session_manager(),
        organization=OrganizationBoundary(
            organization_id="o-a1b2c3d4e5", organizational_unit_paths=["o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/"]
        ),
        perimeter_exemptions=[
            PerimeterExemption.permission_set("BreakGlass"),
            PerimeterExemption.role(iam.Role.from_role_arn(stack, "Deploy", "arn:aws:iam::111122223333:role/deploy/Deploy")),
        ],
        credential_binding=True,
        prove_at_synthesis=True,
    )
    scratch = app.add_data_bucket("Scratch", DataBucketSource.create(access=[BucketAccess.read_write()]))
    iam.Role(stack, "Reader", assumed_by=app.grant_principal)
    CfnOutput(stack, "ScratchName", value=scratch.bucket_name)
    CfnOutput(stack, "UserDataArn", value=app.data_bucket("UserData").bucket_arn)
    CfnOutput(stack, "RoleArn", value=app.role.role_arn)
    CfnOutput(stack, "VpcId", value=app.vpc.vpc_id)
    CfnOutput(stack, "SecurityGroups", value=Fn.join(",", [group.security_group_id for group in app.connections.security_groups]))
    CfnOutput(stack, "Endpoints", value=Fn.join(",", app.s3_endpoint.vpc_endpoint_ids))
    CfnOutput(stack, "ForTheArchive", value=sids_of(app))


def two_stacks(app: App) -> None:
    """A bucket of one stack, adopted by the workload of another."""
    owned = s3.Bucket(Stack(app, "Storage"), "Shared")
    stack = Stack(app, "Training")
    workload = PrivateEc2S3Access(
        stack, "App", data_buckets={"Shared": DataBucketSource.from_bucket(owned, access=[BucketAccess.read_only()])}
    )
    CfnOutput(stack, "ForTheOwner", value=sids_of(workload))


def other_choices(app: App) -> None:
    """The choices that the contract does not take."""
    one = Stack(app, "ThroughInterface", env=Environment(account="111122223333", region="us-east-1"))
    user_data = ec2.UserData.for_linux()
    user_data.add_commands('echo "started" > /var/log/started')
    PrivateEc2S3Access(
        one,
        "App",
        data_buckets={
            "UserData": DataBucketSource.create(
                access=[BucketAccess.read_write()], noncurrent_version_expiration=Duration.days(30)
            ),
        },
        compute=Compute.instance(
            instance_type=ec2.InstanceType("t4g.small"), root_volume_size=Size.gibibytes(20), user_data=user_data
        ),
        encryption=DataEncryption.s3_managed(),
        s3_endpoint=S3EndpointMode.interface_endpoint(),
        remote_access=RemoteAccess.none(),
    )
    two = Stack(app, "OwnKey")
    bound = PrivateEc2S3Access(
        two,
        "App",
        data_buckets={"UserData": DataBucketSource.create(access=[BucketAccess.read_write("in/")])},
        encryption=DataEncryption.existing_key(kms.Key(two, "Key")),
        s3_endpoint=S3EndpointMode.gateway_and_interface(),
        perimeter_exemptions=[PerimeterExemption.role_arn("arn:aws:iam::111122223333:role/deploy/Deploy")],
        credential_binding=False,
        prove_at_synthesis=False,
        removal_policy=RemovalPolicy.DESTROY,
        auto_delete_objects=True,
    )
    bound.role.add_to_principal_policy(
        iam.PolicyStatement(actions=["sqs:SendMessage"], resources=["arn:aws:sqs:us-east-1:111122223333:jobs"])
    )
    three = Stack(app, "TheirEndpoint")
    endpoint = ec2.GatewayVpcEndpoint.from_gateway_vpc_endpoint_id(three, "Theirs", "vpce-0123456789abcdef0")
    theirs = PrivateEc2S3Access(
        three,
        "App",
        vpc=isolated_vpc(three),
        data_buckets={"UserData": DataBucketSource.create(access=[BucketAccess.read_only()])},
        s3_endpoint=S3EndpointMode.from_gateway_endpoint(endpoint),
    )
    CfnOutput(three, "ForTheEndpoint", value=sids_of(theirs))


def widened(app: App, prove_at_synthesis: bool = True) -> PrivateEc2S3Access:
    """A workload whose endpoint lets everybody through."""
    access = PrivateEc2S3Access(
        Stack(app, "Training"),
        "App",
        data_buckets={"UserData": DataBucketSource.create(access=[BucketAccess.read_write()])},
        prove_at_synthesis=prove_at_synthesis,
    )
    access.s3_endpoint.add_to_policy(
        iam.PolicyStatement(sid="Wide", principals=[iam.AnyPrincipal()], actions=["s3:*"], resources=["*"])
    )
    return access


def acknowledged(app: App) -> None:
    """What the proof finds is acknowledged, with its reason."""
    acknowledge(widened(app), ["closed[endpoint-to-others]", "no-way-out[s3-endpoint]"], "a test")


def acknowledge(access: PrivateEc2S3Access, rules: List[str], reason: str) -> None:
    for rule in rules:
        Validations.of(access).acknowledge(Acknowledgment(id=f"cdk-private-ec2-s3-access::{rule}", reason=reason))


def refusals(app: App) -> Dict[str, Callable[[], object]]:
    def create(prefix: Optional[str] = None) -> DataBucketSource:
        return DataBucketSource.create(access=[BucketAccess.read_only(prefix)])

    def define(name: str, data_buckets: Dict[str, DataBucketSource]) -> PrivateEc2S3Access:
        return PrivateEc2S3Access(Stack(app, name), "App", data_buckets=data_buckets)

    def directory() -> DataBucketSource:
        theirs = s3.Bucket.from_bucket_name(Stack(app, "Their"), "Data", "data--use1-az4--x-s3")
        return DataBucketSource.from_bucket(theirs, access=[BucketAccess.read_only()])

    return {
        "a prefix without its slash": lambda: create("data"),
        "no access": lambda: DataBucketSource.create(access=[]),
        "a fleet that shrinks": lambda: Compute.fleet(min_capacity=4, max_capacity=2),
        "a wildcard": lambda: BucketAccess.of(["s3:*"]),
        "a session": lambda: PerimeterExemption.role_arn("arn:aws:sts::111122223333:assumed-role/Deploy/me"),
        "no bucket": lambda: define("Nothing", {}),
        "two problems": lambda: define("Two", {"User/Data": create(), "Übung": create()}),
        "an unknown bucket": lambda: define("Unknown", {"UserData": create()}).data_bucket("Datasets"),
        "a bucket twice": lambda: define("Twice", {"UserData": create()}).add_data_bucket("UserData", create()),
        "a directory bucket": lambda: define("Directory", {"Data": directory()}),
    }


def refused(action: Callable[[], object]) -> Dict[str, str]:
    try:
        action()
        return {"type": "none", "message": ""}
    except Exception as error:  # the type is what is looked at
        return {"type": type(error).__name__, "message": str(error)}


SCENARIOS: Dict[str, Callable[[App], object]] = {
    "quick-start": quick_start,
    "every-option": every_option,
    "two-stacks": two_stacks,
    "other-choices": other_choices,
    "visitors-and-tags": visitors_and_tags,
    "guardrails": guardrails,
    "hosts": hosts,
    "paths": paths,
    "sharing": sharing,
    "unproven": lambda app: widened(app, False),
    "acknowledged": acknowledged,
}


def main(folder: Path) -> None:
    """Writes the cloud assembly of each scenario, and the errors of what is refused, into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, define in SCENARIOS.items():
        app = App(outdir=str(folder / name))
        define(app)
        app.synth()
    app = App(outdir=str(folder / "widened"))
    widened(app)
    bad = App(outdir=str(folder / "refused"))
    actions = {**refusals(bad), **bad_inputs(bad), "a wide endpoint": app.synth}
    errors = {name: refused(action) for name, action in actions.items()}
    (folder / "errors.json").write_text(json.dumps(errors, indent=2))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
