"""What a workload runs on."""

from typing import Dict

from aws_cdk import App, CfnOutput, Duration, Environment, Stack
from aws_cdk import aws_autoscaling as autoscaling
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_elasticloadbalancingv2 as elbv2
from aws_cdk import aws_elasticloadbalancingv2_targets as targets
from aws_cdk import aws_kms as kms
from aws_cdk import aws_logs as logs
from aws_cdk import aws_s3_assets as s3_assets
from cdk_private_ec2_s3_access import (
    AwsOwnedBucket,
    BucketAccess,
    Compute,
    DataBucketSource,
    InstanceConnectProtocol,
    MixedInstances,
    PrivateEc2S3Access,
    RemoteAccess,
    SessionManagerEndpoints,
)
from shared import setup_script


def data_buckets() -> Dict[str, DataBucketSource]:
    return {"UserData": DataBucketSource.create(access=[BucketAccess.read_write()])}


def hosts(app: App) -> None:
    """Every way to run a workload and to log in to it, and every bucket of AWS."""
    container_host(Stack(app, "ContainerHost", env=Environment(account="111122223333", region="us-east-1")))
    spot_fleet(Stack(app, "SpotFleet", env=Environment(account="111122223333", region="eu-west-1")))
    windows_server(Stack(app, "WindowsServer"))
    instances_elsewhere(Stack(app, "InstancesElsewhere"))
    servers(Stack(app, "Servers"))


def container_host(stack: Stack) -> None:
    setup = s3_assets.Asset(stack, "Setup", path=setup_script())
    user_data = ec2.UserData.for_linux()
    script = user_data.add_s3_download_command(bucket=setup.bucket, bucket_key=setup.s3_object_key)
    user_data.add_execute_file_command(file_path=script)
    access = PrivateEc2S3Access(
        stack,
        "App",
        data_buckets=data_buckets(),
        compute=Compute.container(
            machine_image=ec2.MachineImage.from_ssm_parameter("/golden/ami"),
            root_device_name="/dev/sda1",
            volume_encryption_key=kms.Key(stack, "VolumeKey"),
            user_data=user_data,
            user_data_assets=[setup],
            user_data_causes_replacement=True,
        ),
        aws_owned_buckets=[
            AwsOwnedBucket.amazon_linux2_repositories(),
            AwsOwnedBucket.aws_cli(),
            AwsOwnedBucket.cdk_assets("teama"),
            AwsOwnedBucket.cloud_formation_helper_scripts(),
            AwsOwnedBucket.cloud_formation_signals(),
            AwsOwnedBucket.cloud_watch_agent(),
            AwsOwnedBucket.code_deploy_agent(),
            AwsOwnedBucket.ecr_image_layers(),
            AwsOwnedBucket.patch_manager(),
        ],
        remote_access=RemoteAccess.ec2_instance_connect_endpoint(protocol=InstanceConnectProtocol.SSH),
    )
    assert access.compute.instance is not None and access.remote_access.instance_connect_endpoint_id is not None
    CfnOutput(stack, "InstanceId", value=access.compute.instance.instance_id)
    CfnOutput(stack, "ConnectThrough", value=access.remote_access.instance_connect_endpoint_id)


def spot_fleet(stack: Stack) -> None:
    def theirs(name: str, end: str) -> ec2.IInterfaceVpcEndpoint:
        return ec2.InterfaceVpcEndpoint.from_interface_vpc_endpoint_attributes(
            stack, name, vpc_endpoint_id=f"vpce-0123456789abcde{end}", port=443
        )

    encryption_key = kms.Key(stack, "SessionKey")
    access = PrivateEc2S3Access(
        stack,
        "App",
        data_buckets=data_buckets(),
        compute=Compute.fleet(
            min_capacity=2,
            max_capacity=8,
            capacity_rebalance=False,
            default_instance_warmup=Duration.minutes(5),
            health_checks=autoscaling.HealthChecks.with_additional_checks(
                additional_types=[autoscaling.AdditionalHealthCheckType.ELB], grace_period=Duration.minutes(5)
            ),
            http_put_response_hop_limit=2,
            mixed_instances=MixedInstances(
                instance_types=[ec2.InstanceType("m7g.large"), ec2.InstanceType("m6g.large")],
                instances_distribution=autoscaling.InstancesDistribution(
                    on_demand_base_capacity=1, on_demand_percentage_above_base_capacity=50
                ),
            ),
            update_policy=autoscaling.UpdatePolicy.rolling_update(max_batch_size=2, min_instances_in_service=2),
        ),
        remote_access=RemoteAccess.session_manager(
            encryption_key=encryption_key,
            log_group=logs.LogGroup(stack, "Sessions", encryption_key=encryption_key),
            inventory=True,
            patching=False,
            endpoints=SessionManagerEndpoints(
                kms=theirs("Kms", "f0"), logs=theirs("Logs", "f1"), ssm=theirs("Ssm", "f2"), ssm_messages=theirs("SsmMessages", "f3")
            ),
        ),
    )
    remote_access = access.remote_access
    assert access.compute.auto_scaling_group is not None and remote_access.session_document_name is not None
    CfnOutput(stack, "GroupName", value=access.compute.auto_scaling_group.auto_scaling_group_name)
    CfnOutput(stack, "SessionDocument", value=remote_access.session_document_name)
    CfnOutput(stack, "ForTheEndpoints", value=",".join(each.resource for each in access.required_policies))


def windows_server(stack: Stack) -> None:
    vendor = AwsOwnedBucket.custom(
        purpose="VendorPackages", signed_by_role=True, actions=["s3:GetObject"], bucket_names=["example-vendor-packages"]
    )
    tools = AwsOwnedBucket.custom(purpose="Tools", signed_by_role=False, object_arns=["arn:aws:s3:::example-tools/windows/*"])
    image = ec2.MachineImage.latest_windows(ec2.WindowsVersion.WINDOWS_SERVER_2022_ENGLISH_FULL_BASE)
    PrivateEc2S3Access(
        stack,
        "App",
        data_buckets=data_buckets(),
        compute=Compute.instance(machine_image=image),
        aws_owned_buckets=[AwsOwnedBucket.windows_drivers_and_tools(), vendor, tools],
        remote_access=RemoteAccess.ec2_instance_connect_endpoint(protocol=InstanceConnectProtocol.RDP),
    )
    CfnOutput(stack, "Purposes", value=",".join(each.purpose for each in [vendor, tools]))
    CfnOutput(stack, "Signed", value=",".join(each.purpose for each in [vendor, tools] if each.signed_by_role))


def instances_elsewhere(stack: Stack) -> None:
    access = PrivateEc2S3Access(stack, "App", data_buckets=data_buckets(), compute=Compute.instance_profile())
    assert access.compute.instance_profile is not None
    CfnOutput(stack, "ProfileName", value=access.compute.instance_profile.instance_profile_name)


def servers(stack: Stack) -> None:
    """A fleet and an instance that serve requests from within their networks."""
    fleet = PrivateEc2S3Access(stack, "Fleet", data_buckets=data_buckets(), compute=Compute.fleet(min_capacity=2, max_capacity=4))
    group = fleet.compute.auto_scaling_group
    assert group is not None
    listener(stack, "FleetBalancer", fleet.vpc).add_targets("Servers", port=80, targets=[group])
    group.scale_on_request_count("Load", target_requests_per_minute=600)
    one = PrivateEc2S3Access(stack, "One", data_buckets=data_buckets())
    assert one.compute.instance is not None
    target = targets.InstanceTarget(one.compute.instance)
    listener(stack, "OneBalancer", one.vpc).add_targets("Servers", port=80, targets=[target])


def listener(stack: Stack, id: str, vpc: ec2.IVpc) -> elbv2.ApplicationListener:
    subnets = ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_ISOLATED)
    return elbv2.ApplicationLoadBalancer(stack, id, vpc=vpc, vpc_subnets=subnets).add_listener("Http", port=80, open=False)
