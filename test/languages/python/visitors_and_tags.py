"""What reaches a bucket beside one workload of the app."""

from aws_cdk import App, CfnOutput, Environment, Stack
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3
from cdk_private_ec2_s3_access import (
    BucketAccess,
    Compute,
    DataBucketPolicy,
    DataBucketSource,
    EndpointService,
    OnPremisesAccess,
    OrganizationBoundary,
    PrivateEc2S3Access,
    RemoteAccess,
    RemoteWorkload,
    S3EndpointMode,
)
from shared import sids_of


def other_services(access: PrivateEc2S3Access) -> None:
    """Endpoints of other services, and what the role may do there."""
    for service in [
        EndpointService.CLOUDWATCH,
        EndpointService.CLOUDWATCH_LOGS,
        EndpointService.EVENTBRIDGE,
        EndpointService.KINESIS_DATA_STREAMS,
        EndpointService.LAMBDA,
        EndpointService.SECRETS_MANAGER,
        EndpointService.SNS,
        EndpointService.SQS,
        EndpointService.STEP_FUNCTIONS,
        EndpointService.SYSTEMS_MANAGER,
    ]:
        access.add_service_endpoint(service)
    access.add_service_endpoint(
        EndpointService.DYNAMODB, prefix_list=ec2.PrefixList.from_prefix_list_id(access, "DynamoDb", "pl-02cd2c6b")
    )
    access.role.add_to_principal_policy(
        iam.PolicyStatement(
            actions=[
                "cloudwatch:PutMetricData",
                "dynamodb:GetItem",
                "events:PutEvents",
                "kinesis:PutRecord",
                "lambda:InvokeFunction",
                "logs:PutLogEvents",
                "secretsmanager:GetSecretValue",
                "sns:Publish",
                "sqs:SendMessage",
                "ssm:GetParameter",
                "states:StartExecution",
            ],
            resources=["*"],
        )
    )


def visitors_and_tags(app: App) -> None:
    """Visitors from on-premises networks, logs of sessions, an instance profile; tagged roles on a bucket; access points."""
    stack = Stack(app, "Training")
    role = iam.Role(stack, "Role", assumed_by=iam.ServicePrincipal("ec2.amazonaws.com"))
    uploader = iam.Role.from_role_arn(stack, "Uploader", "arn:aws:iam::111122223333:role/Uploader")
    logs = s3.Bucket.from_bucket_name(stack, "SessionLogs", "example-session-logs")
    lake = s3.Bucket.from_bucket_attributes(stack, "Lake", bucket_name="example-lake", account="444455556666")
    user_data = DataBucketSource.create(access=[BucketAccess.read_write()])
    uploads = OnPremisesAccess.from_role(
        uploader, networks=["192.168.0.0/16"], access={"UserData": [BucketAccess.write_only("uploads/")]}
    )
    access = PrivateEc2S3Access(
        stack,
        "App",
        role=role,
        compute=Compute.instance(instance_profile=iam.InstanceProfile(stack, "Profile", role=role)),
        data_buckets={
            "UserData": user_data,
            "Lake": DataBucketSource.from_bucket(lake, access=[BucketAccess.read_only()], access_point_name="lake-app"),
        },
        s3_endpoint=S3EndpointMode.gateway_and_interface(),
        on_premises={"Uploads": uploads},
        remote_access=RemoteAccess.session_manager(log_bucket=logs, log_bucket_prefix="sessions/"),
    )
    other_services(access)
    CfnOutput(stack, "VisitorRole", value=uploads.role.role_arn)
    CfnOutput(stack, "OwnActions", value=",".join(user_data.access[0].object_actions))
    CfnOutput(stack, "LakeAccessPoint", value=access.access_point_arn("Lake"))
    CfnOutput(stack, "ForTheOwners", value=sids_of(access))
    owner = Stack(app, "Owner", env=Environment(account="444455556666", region="us-east-1"))
    teams = RemoteWorkload.from_principal_tag(
        tag_key="team",
        accounts=["111122223333", "999900001111"],
        organization=OrganizationBoundary(organization_id="o-a1b2c3d4e5"),
        access=[BucketAccess.read_write("teams/")],
    )
    role_arn = "arn:aws:iam::111122223333:role/Reader"
    reader = RemoteWorkload.from_attributes(role_arn=role_arn, access=[BucketAccess.read_only()], access_point_name="shared-reader")
    DataBucketPolicy(owner, "Policy", bucket=s3.Bucket(owner, "Shared"), workloads=[teams, reader])
