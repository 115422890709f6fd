"""The parts, with their options."""

from aws_cdk import App, CfnOutput, Environment, Fn, Stack
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_s3_assets as s3_assets
from cdk_private_ec2_s3_access import (
    AccessList,
    AwsOwnedBucket,
    BucketAccess,
    DataBucket,
    DataBucketPolicy,
    DataEncryption,
    DataKey,
    DnsFirewall,
    OrganizationBoundary,
    PerimeterExemption,
    PrivateFleet,
    PrivateNetwork,
    RemoteWorkload,
    S3Endpoint,
    S3EndpointMode,
    WorkloadRole,
)
from shared import setup_script, sids


def parts(app: App) -> None:
    """Every option of the parts, what they hand out, and the owner of a bucket that others reach."""
    owner = Stack(app, "Owner", env=Environment(account="444455556666", region="eu-west-1"))
    lake = s3.Bucket(owner, "Lake", bucket_name="example-lake")
    stack = Stack(app, "Parts", env=Environment(account="111122223333", region="eu-west-1"))
    deploy = PerimeterExemption.role_arn("arn:aws:iam::111122223333:role/deploy/Deploy")
    access_list = AccessList(
        aws_owned_buckets=[AwsOwnedBucket.ssm_agent()],
        credential_binding=True,
        organization=OrganizationBoundary(organization_id="o-a1b2c3d4e5", accounts=["111122223333", "444455556666"]),
        perimeter_exemptions=[deploy],
    )
    workload(stack, access_list, lake)
    policy_of(owner, access_list, lake)
    tell(stack, access_list, deploy)


def workload(stack: Stack, access_list: AccessList, lake: s3.Bucket) -> None:
    logs = s3.Bucket.from_bucket_name(stack, "Logs", "example-logs")
    network = PrivateNetwork(
        stack, "Network", dns_firewall=DnsFirewall.listed_domains(), flow_logs_bucket=logs
    )
    vpc = network.vpc
    subnets = ec2.SubnetSelection(subnets=network.subnets)
    mode = S3EndpointMode.gateway()
    s3_endpoint = S3Endpoint(stack, "S3Endpoint", access_list=access_list, vpc=vpc, mode=mode, vpc_subnets=subnets)
    key = DataKey(stack, "Key", access_list=access_list, description="The data of the workload")
    data = DataBucket(
        stack,
        "Data",
        access_list=access_list,
        access_logs_bucket=logs,
        bucket_name_prefix="example",
        encryption=DataEncryption.existing_key(key),
    )
    role = WorkloadRole(
        stack,
        "Role",
        access_list=access_list,
        description="Reads and writes data",
        permissions_boundary=iam.ManagedPolicy.from_managed_policy_name(stack, "Boundary", "WorkloadBoundary"),
        role_name="Workload",
    )
    access_list.add_vpc_endpoint("vpce-0fedcba9876543210")
    access_list.allow(role=role, bucket=data.bucket, access=[BucketAccess.read_write()])
    access_list.allow(role=role, bucket=lake, access=[BucketAccess.read_only("raw/")], access_point_name="lake-workload")
    key_arn = "arn:aws:kms:eu-west-1:111122223333:key/01234567-89ab-cdef-0123-456789abcdef"
    access_list.allow_asset(
        role=role,
        asset=s3_assets.Asset(stack, "Setup", path=setup_script()),
        encryption_key=kms.Key.from_key_arn(stack, "AssetKey", key_arn),
    )
    fleet = PrivateFleet(
        stack,
        "Fleet",
        vpc=vpc,
        s3_endpoint=s3_endpoint,
        role=role,
        security_group=ec2.SecurityGroup(stack, "Workload", vpc=vpc),
        min_capacity=1,
        max_capacity=2,
        wait_for=[network.routed, data.policy, s3_endpoint.ready],
    )
    CfnOutput(stack, "GroupName", value=fleet.auto_scaling_group.auto_scaling_group_name)
    CfnOutput(stack, "ForTheBucket", value=str(len(data.required_statements)))


def policy_of(owner: Stack, access_list: AccessList, lake: s3.Bucket) -> None:
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
        workloads=[RemoteWorkload.from_access_list(access_list, lake), reporting, teams],
        network_perimeter=True,
        perimeter_exemptions=[PerimeterExemption.permission_set("DataStewards")],
    )
    CfnOutput(owner, "Statements", value=sids(policy.bucket_statements))
    CfnOutput(owner, "ForTheKey", value=str(len(policy.required_key_statements)))


def tell(stack: Stack, access_list: AccessList, deploy: PerimeterExemption) -> None:
    of_lake = access_list.grants[0].access[0]
    of_setup = access_list.asset_grants[0]
    assert access_list.organization is not None and of_lake.prefix is not None and of_setup.encryption_key is not None
    told = [
        ",".join(bucket.purpose for bucket in access_list.aws_owned_buckets),
        str(access_list.credential_binding).lower(),
        access_list.organization.organization_id,
        ",".join(exemption.principal_arn_pattern for exemption in access_list.perimeter_exemptions),
        deploy.account,
    ]
    CfnOutput(stack, "List", value=" ".join(told))
    CfnOutput(stack, "Endpoints", value=Fn.join(",", access_list.vpc_endpoint_ids))
    actions = [*of_lake.bucket_actions, *of_lake.object_actions, *of_lake.key_actions]
    CfnOutput(stack, "LakeAccess", value=",".join([*actions, of_lake.prefix]))
    asset = [of_setup.role.role_name, of_setup.asset.s3_object_key, of_setup.encryption_key.key_arn]
    CfnOutput(stack, "Asset", value=Fn.join(" ", asset))
