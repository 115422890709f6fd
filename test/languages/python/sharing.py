"""Two workloads on one endpoint, and the owner of a bucket that others reach."""

from aws_cdk import App, CfnOutput, Environment, Fn, Stack
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_s3_assets as s3_assets
from cdk_private_ec2_s3_access import (
    AwsOwnedBucket,
    BucketAccess,
    Compute,
    DataBucketPolicy,
    DataBucketSource,
    OrganizationBoundary,
    PerimeterExemption,
    PrivateEc2S3Access,
    RemoteWorkload,
    RequiredPolicyKind,
    S3EndpointMode,
)
from shared import setup_script


def sharing(app: App) -> None:
    """Two workloads on one endpoint, what they hand out, and the owner of a bucket that others reach."""
    owner = Stack(app, "Owner", env=Environment(account="444455556666", region="eu-west-1"))
    lake = s3.Bucket(owner, "Lake", bucket_name="example-lake")
    stack = Stack(app, "Sharing", env=Environment(account="111122223333", region="eu-west-1"))
    deploy = PerimeterExemption.role_arn("arn:aws:iam::111122223333:role/deploy/Deploy")
    agent = AwsOwnedBucket.ssm_agent()
    collectors = first(stack, lake, deploy, agent)
    second(stack, collectors)
    policy_of(owner, collectors, lake)
    tell(stack, collectors, deploy, agent)


def first(stack: Stack, lake: s3.Bucket, deploy: PerimeterExemption, agent: AwsOwnedBucket) -> PrivateEc2S3Access:
    key_arn = "arn:aws:kms:eu-west-1:111122223333:key/01234567-89ab-cdef-0123-456789abcdef"
    collectors = PrivateEc2S3Access(
        stack,
        "Collectors",
        ip_addresses=ec2.IpAddresses.cidr("10.1.0.0/16"),
        max_azs=3,
        role=iam.Role(
            stack,
            "Role",
            assumed_by=iam.ServicePrincipal("ec2.amazonaws.com"),
            permissions_boundary=iam.ManagedPolicy.from_managed_policy_name(stack, "Boundary", "WorkloadBoundary"),
            role_name="Collector",
        ),
        aws_owned_buckets=[agent],
        organization=OrganizationBoundary(organization_id="o-a1b2c3d4e5", accounts=["111122223333", "444455556666"]),
        perimeter_exemptions=[deploy],
        compute=Compute.instance(
            user_data_assets=[s3_assets.Asset(stack, "Setup", path=setup_script())],
            user_data_assets_key=kms.Key.from_key_arn(stack, "AssetKey", key_arn),
        ),
        data_buckets={
            "Lake": DataBucketSource.from_bucket(
                lake, access=[BucketAccess.read_only("raw/")], access_point_name="lake-collector"
            ),
            "Shared": DataBucketSource.create(access=[BucketAccess.write_only("raw/")]),
        },
    )
    collectors.add_to_role_policy(
        iam.PolicyStatement(actions=["sqs:SendMessage"], resources=["arn:aws:sqs:eu-west-1:111122223333:jobs"])
    )
    return collectors


def second(stack: Stack, collectors: PrivateEc2S3Access) -> None:
    shared = collectors.data_bucket("Shared")
    trainers = PrivateEc2S3Access(
        stack,
        "Trainers",
        vpc=collectors.vpc,
        s3_endpoint=S3EndpointMode.shared(collectors),
        data_buckets={"Shared": DataBucketSource.from_bucket(shared, access=[BucketAccess.read_only("raw/")])},
    )
    CfnOutput(stack, "Roles", value=Fn.join(",", [collectors.role.role_name, trainers.role.role_name]))
    CfnOutput(stack, "Endpoints", value=Fn.join(",", collectors.s3_endpoint.vpc_endpoint_ids))


def policy_of(owner: Stack, collectors: PrivateEc2S3Access, lake: s3.Bucket) -> None:
    """The owner of the bucket lets the workload in, and others."""
    reporting = RemoteWorkload.from_attributes(
        role_arn="arn:aws:iam::777788889999:role/Reporting",
        access=[BucketAccess.read_only("reports/")],
        vpc_endpoint_account="777788889999",
        vpc_endpoint_ids=["vpce-0123456789abcdef0"],
    )
    teams = RemoteWorkload.from_principal_tag(
        tag_key="team",
        accounts=["777788889999"],
        organization=OrganizationBoundary(organization_id="o-a1b2c3d4e5"),
        access=[BucketAccess.read_write("teams/")],
        role_path="/teams/",
        vpc_endpoint_ids=["vpce-0123456789abcdef0"],
    )
    policy = DataBucketPolicy(
        owner,
        "Policy",
        bucket=lake,
        workloads=[RemoteWorkload.from_workload(collectors, "Lake"), reporting, teams],
        network_perimeter=True,
        perimeter_exemptions=[PerimeterExemption.permission_set("DataStewards")],
    )
    CfnOutput(owner, "ForTheKey", value=str(len(policy.required_policies)))


def tell(stack: Stack, collectors: PrivateEc2S3Access, deploy: PerimeterExemption, agent: AwsOwnedBucket) -> None:
    """What the workload hands out: what others must attach, its metrics, what it may do."""
    kinds = [
        RequiredPolicyKind.ACCESS_POINT,
        RequiredPolicyKind.BUCKET,
        RequiredPolicyKind.KEY,
        RequiredPolicyKind.ROLE,
        RequiredPolicyKind.VPC_ENDPOINT,
    ]
    required = [each for each in collectors.required_policies if each.kind in kinds]
    told = [Fn.join("/", [each.account, each.resource, str(len(each.statements))]) for each in required]
    CfnOutput(stack, "Required", value=Fn.join(" ", told))
    CfnOutput(stack, "ForTheAccessPoint", value=required[0].document)
    errors = collectors.metric_client_errors("Shared")
    utilization = collectors.metric_cpu_utilization()
    CfnOutput(stack, "Metrics", value=",".join([errors.metric_name, utilization.metric_name]))
    raw = BucketAccess.read_only("raw/")
    assert raw.prefix is not None
    CfnOutput(stack, "Access", value=",".join([*raw.bucket_actions, *raw.object_actions, *raw.key_actions, raw.prefix]))
    CfnOutput(stack, "Exemption", value=" ".join([agent.purpose, deploy.principal_arn_pattern, deploy.account]))
