"""The resources of the quick start with the CDK alone: L2 constructs where there are, L1 where they do not fit."""

from typing import List

from aws_cdk import App, Aws, CfnTag, Duration, Fn, RemovalPolicy, Stack
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3

from statements import data_statements, endpoint_statements, key_statements, logs_statements, role_statements


def log_bucket(stack: Stack) -> s3.Bucket:
    bucket = s3.Bucket(
        stack,
        "AccessLogs",
        block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
        encryption=s3.BucketEncryption.S3_MANAGED,
        object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
        removal_policy=RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
        versioned=True,
        lifecycle_rules=[
            s3.LifecycleRule(
                id="ExpireLogs",
                abort_incomplete_multipart_upload_after=Duration.days(7),
                expiration=Duration.days(400),
                noncurrent_version_expiration=Duration.days(30),
            )
        ],
    )
    send_events(bucket)
    return bucket


def send_events(bucket: s3.Bucket) -> None:
    resource = bucket.node.default_child
    assert isinstance(resource, s3.CfnBucket)
    resource.notification_configuration = s3.CfnBucket.NotificationConfigurationProperty(
        event_bridge_configuration=s3.CfnBucket.EventBridgeConfigurationProperty(event_bridge_enabled=True)
    )


def data_bucket(stack: Stack, name: str, key: kms.Key, logs: s3.Bucket, logs_policy: s3.BucketPolicy) -> s3.Bucket:
    bucket = s3.Bucket(
        stack,
        name,
        block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
        blocked_encryption_types=[s3.BlockedEncryptionType.SSE_C],
        bucket_key_enabled=True,
        encryption=s3.BucketEncryption.KMS,
        encryption_key=key,
        object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
        removal_policy=RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
        versioned=True,
        lifecycle_rules=[
            s3.LifecycleRule(
                id="ExpireOldVersions",
                abort_incomplete_multipart_upload_after=Duration.days(7),
                noncurrent_version_expiration=Duration.days(90),
            )
        ],
    )
    send_events(bucket)
    resource = bucket.node.default_child
    assert isinstance(resource, s3.CfnBucket)
    resource.logging_configuration = s3.CfnBucket.LoggingConfigurationProperty(
        destination_bucket_name=logs.bucket_name, log_file_prefix=f"s3-access-logs/Training/App/DataBuckets/{name}/"
    )
    resource.node.add_dependency(logs_policy)
    return bucket


def policy(bucket: s3.Bucket, statements: List[iam.PolicyStatement]) -> s3.BucketPolicy:
    return s3.BucketPolicy(
        bucket,
        "Rules",
        bucket=bucket,
        document=iam.PolicyDocument(statements=statements),
        removal_policy=RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    )


def network(stack: Stack, logs: s3.Bucket, logs_policy: s3.BucketPolicy):
    name = [CfnTag(key="Name", value="Training/App/Network")]
    vpc = ec2.CfnVPC(stack, "Network", cidr_block="10.0.0.0/16", enable_dns_hostnames=True, enable_dns_support=True, tags=name)
    route_table = ec2.CfnRouteTable(stack, "RouteTable", vpc_id=vpc.ref, tags=name)
    subnets = []
    associations = []
    for index, cidr_block in enumerate(["10.0.0.0/17", "10.0.128.0/17"]):
        subnet = ec2.CfnSubnet(
            stack,
            f"IsolatedSubnet{index + 1}",
            vpc_id=vpc.ref,
            availability_zone=Fn.select(index, Fn.get_azs()),
            cidr_block=cidr_block,
            map_public_ip_on_launch=False,
            tags=[CfnTag(key="Name", value=f"Training/App/Network/IsolatedSubnet{index + 1}")],
        )
        subnets.append(subnet)
        associations.append(
            ec2.CfnSubnetRouteTableAssociation(
                stack, f"RouteTableAssociation{index + 1}", route_table_id=route_table.ref, subnet_id=subnet.ref
            )
        )
    flow_log = ec2.CfnFlowLog(
        stack,
        "FlowLogs",
        resource_id=vpc.ref,
        resource_type="VPC",
        traffic_type="ALL",
        log_destination_type="s3",
        log_destination=f"{logs.bucket_arn}/vpc-flow-logs/",
        tags=name,
    )
    flow_log.node.add_dependency(logs_policy)
    return vpc, route_table, subnets, associations


def instance(stack: Stack, vpc: ec2.CfnVPC, subnet: ec2.CfnSubnet, role: iam.Role, key: kms.Key) -> ec2.CfnInstance:
    security_group = ec2.CfnSecurityGroup(
        stack,
        "SecurityGroup",
        vpc_id=vpc.ref,
        group_description="Workload: no ingress, HTTPS to S3 only",
        security_group_egress=[
            ec2.CfnSecurityGroup.EgressProperty(
                cidr_ip="0.0.0.0/0",
                description="HTTPS to wherever the routes lead, which is the S3 endpoint",
                from_port=443,
                ip_protocol="tcp",
                to_port=443,
            )
        ],
    )
    image = ec2.MachineImage.latest_amazon_linux2023(cpu_type=ec2.AmazonLinuxCpuType.ARM_64).get_image(stack)
    profile = iam.CfnInstanceProfile(stack, "InstanceProfile", roles=[role.role_name])
    return ec2.CfnInstance(
        stack,
        "Instance",
        availability_zone=subnet.attr_availability_zone,
        block_device_mappings=[
            ec2.CfnInstance.BlockDeviceMappingProperty(
                device_name="/dev/xvda",
                ebs=ec2.CfnInstance.EbsProperty(
                    delete_on_termination=True, encrypted=True, kms_key_id=key.key_arn, volume_size=8, volume_type="gp3"
                ),
            )
        ],
        credit_specification=ec2.CfnInstance.CreditSpecificationProperty(cpu_credits="standard"),
        disable_api_termination=False,
        ebs_optimized=True,
        iam_instance_profile=profile.ref,
        image_id=image.image_id,
        instance_type="t4g.micro",
        metadata_options=ec2.CfnInstance.MetadataOptionsProperty(http_put_response_hop_limit=1, http_tokens="required"),
        monitoring=True,
        propagate_tags_to_volume_on_creation=True,
        security_group_ids=[security_group.attr_group_id],
        subnet_id=subnet.ref,
        tags=[CfnTag(key="Name", value="Training/App/Compute/Instance")],
        user_data=Fn.base64(ec2.UserData.for_linux().render()),
    )


def main() -> None:
    app = App()
    stack = Stack(app, "Training")
    logs = log_bucket(stack)
    logs_policy = policy(logs, logs_statements(logs))
    vpc, route_table, subnets, associations = network(stack, logs, logs_policy)
    role = iam.Role(
        stack,
        "Role",
        assumed_by=iam.ServicePrincipal("ec2.amazonaws.com"),
        description="Reads and writes the data buckets of Training/App",
    )
    key = kms.Key(
        stack,
        "Key",
        description="Encrypts the data buckets of Training/App",
        enable_key_rotation=True,
        policy=iam.PolicyDocument(statements=key_statements(role)),
        removal_policy=RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    )
    datasets = data_bucket(stack, "Datasets", key, logs, logs_policy)
    user_data = data_bucket(stack, "UserData", key, logs, logs_policy)
    endpoint = ec2.CfnVPCEndpoint(
        stack,
        "Gateway",
        vpc_id=vpc.ref,
        vpc_endpoint_type="Gateway",
        service_name=f"com.amazonaws.{Aws.REGION}.s3",
        route_table_ids=[route_table.ref],
        policy_document=iam.PolicyDocument(statements=endpoint_statements(role, datasets, user_data)),
        tags=[CfnTag(key="Name", value="Training/App/S3Endpoint/Gateway")],
    )
    role_policy = iam.ManagedPolicy(
        stack,
        "Policy",
        description="What the workload may do in its data buckets",
        roles=[role],
        statements=role_statements(endpoint, datasets, user_data, key),
    )
    policies = [policy(bucket, data_statements(bucket, endpoint, role, key)) for bucket in [datasets, user_data]]
    workload = instance(stack, vpc, subnets[0], role, key)
    workload.node.add_dependency(*policies, *associations, role_policy, role, endpoint)
    app.synth()


if __name__ == "__main__":
    main()
