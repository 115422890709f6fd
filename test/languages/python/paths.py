"""The paths to S3."""

from typing import Dict

from aws_cdk import App, CfnOutput, Environment, Fn, Stack
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3
from cdk_private_ec2_s3_access import (
    BucketAccess,
    Compute,
    DataBucketSource,
    DnsFirewall,
    PrivateEc2S3Access,
    S3EndpointMode,
)


def data_buckets() -> Dict[str, DataBucketSource]:
    return {"UserData": DataBucketSource.create(access=[BucketAccess.read_write()], bucket_name_prefix="example-data")}


def paths(app: App) -> None:
    """Every option of the endpoints, and where the logs go that others keep."""
    env = Environment(account="111122223333", region="eu-west-1")
    dual_stack(Stack(app, "DualStack", env=env))
    own_interface(Stack(app, "OwnInterface", env=Environment(account="111122223333", region="us-east-1")))
    other_region(Stack(app, "OtherRegion", env=env))
    hub(Stack(app, "Hub"))
    logs_elsewhere(Stack(app, "LogsElsewhere"))


def isolated_vpc(stack: Stack) -> ec2.Vpc:
    """A VPC of isolated subnets."""
    isolated = ec2.SubnetConfiguration(name="Isolated", subnet_type=ec2.SubnetType.PRIVATE_ISOLATED)
    return ec2.Vpc(stack, "Network", nat_gateways=0, subnet_configuration=[isolated])


def dual_stack(stack: Stack) -> None:
    isolated = ec2.SubnetConfiguration(name="Isolated", subnet_type=ec2.SubnetType.PRIVATE_ISOLATED)
    access = PrivateEc2S3Access(
        stack,
        "App",
        vpc=ec2.Vpc(stack, "Vpc", ip_protocol=ec2.IpProtocol.DUAL_STACK, subnet_configuration=[isolated]),
        credential_binding=False,
        data_buckets=data_buckets(),
        s3_endpoint=S3EndpointMode.gateway(
            ip_address_type=ec2.VpcEndpointIpAddressType.DUALSTACK,
            dns_record_ip_type=ec2.VpcEndpointDnsRecordIpType.DUALSTACK,
            ipv6_prefix_list=ec2.PrefixList.from_prefix_list_id(stack, "S3OverIpv6", "pl-0123456789abcdef6"),
        ),
    )
    assert access.s3_endpoint.gateway_endpoint is not None
    CfnOutput(stack, "Gateway", value=access.s3_endpoint.gateway_endpoint.vpc_endpoint_id)


def own_interface(stack: Stack) -> None:
    vpc = isolated_vpc(stack)
    access = PrivateEc2S3Access(
        stack,
        "App",
        vpc=vpc,
        data_buckets=data_buckets(),
        s3_endpoint=S3EndpointMode.gateway_and_interface(
            dns_record_ip_type=ec2.VpcEndpointDnsRecordIpType.IPV4,
            ip_address_type=ec2.VpcEndpointIpAddressType.IPV4,
            private_dns_enabled=False,
            fips=True,
            single_az=True,
            subnets=ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_ISOLATED),
        ),
    )
    assert access.s3_endpoint.own_interface_security_group is not None
    CfnOutput(stack, "Group", value=access.s3_endpoint.own_interface_security_group.security_group_id)


def other_region(stack: Stack) -> None:
    central = s3.Bucket.from_bucket_attributes(
        stack, "Central", bucket_name="example-central", account="444455556666", region="eu-central-1"
    )
    vpc = isolated_vpc(stack)
    access = PrivateEc2S3Access(
        stack,
        "App",
        vpc=vpc,
        security_group=ec2.SecurityGroup(stack, "Workload", vpc=vpc, allow_all_outbound=False),
        credential_binding=False,
        data_buckets={"Central": DataBucketSource.from_bucket(central, access=[BucketAccess.read_only()])},
        s3_endpoint=S3EndpointMode.interface_endpoint(
            security_groups=[ec2.SecurityGroup(stack, "Endpoint", vpc=vpc)], service_region="eu-central-1"
        ),
    )
    assert access.s3_endpoint.interface_endpoint is not None
    CfnOutput(stack, "Interface", value=access.s3_endpoint.interface_endpoint.vpc_endpoint_id)


def hub(stack: Stack) -> None:
    vpc = ec2.Vpc(stack, "Hub", ip_addresses=ec2.IpAddresses.cidr("10.9.0.0/16"), nat_gateways=0)
    endpoint = ec2.InterfaceVpcEndpoint.from_interface_vpc_endpoint_attributes(
        stack, "Theirs", vpc_endpoint_id="vpce-0123456789abcdef0", port=443
    )
    PrivateEc2S3Access(
        stack,
        "App",
        vpc=isolated_vpc(stack),
        credential_binding=False,
        data_buckets=data_buckets(),
        s3_endpoint=S3EndpointMode.from_interface_endpoint(endpoint, vpc=vpc),
    )


def logs_elsewhere(stack: Stack) -> None:
    access = PrivateEc2S3Access(
        stack,
        "App",
        access_logs_bucket=s3.Bucket.from_bucket_name(stack, "AccessLogs", "example-access-logs"),
        flow_logs_bucket=s3.Bucket.from_bucket_name(stack, "FlowLogs", "example-flow-logs"),
        compute=Compute.instance_profile(),
        dns_firewall=DnsFirewall.listed_domains(additional_domains=["*.corp.example.com"], priority=200),
        role=iam.Role.from_role_arn(stack, "Role", "arn:aws:iam::111122223333:role/Workload", mutable=False),
        data_buckets=data_buckets(),
    )
    names = [",".join(statement.sid or "" for statement in each.statements) for each in access.required_policies]
    CfnOutput(stack, "ForTheOwners", value=Fn.join(";", names))
