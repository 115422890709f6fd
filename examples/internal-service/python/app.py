from aws_cdk import Acknowledgment, App, Duration, Stack, Validations
from aws_cdk.aws_autoscaling import AdditionalHealthCheckType, HealthChecks
from aws_cdk.aws_certificatemanager import Certificate
from aws_cdk.aws_ec2 import Peer, Port, SubnetSelection, SubnetType, UserData
from aws_cdk.aws_elasticloadbalancingv2 import ApplicationLoadBalancer, ApplicationProtocol, HealthCheck, SslPolicy
from cdk_private_ec2_s3_access import BucketAccess, Compute, DataBucketSource, PrivateEc2S3Access

app = App()
stack = Stack(app, "InternalService")
user_data = UserData.for_linux()
access = PrivateEc2S3Access(
    stack,
    "App",
    data_buckets={"Site": DataBucketSource.create(access=[BucketAccess.read_only("site/")])},
    compute=Compute.fleet(
        min_capacity=2,
        max_capacity=8,
        user_data=user_data,
        health_checks=HealthChecks.with_additional_checks(
            additional_types=[AdditionalHealthCheckType.ELB], grace_period=Duration.minutes(5)
        ),
    ),
)
site = access.data_bucket("Site").bucket_name
user_data.add_commands(
    f"until aws s3 sync s3://{site}/site/ /srv/site/; do sleep 5; done",
    "cd /srv/site && nohup python3 -m http.server 8080 &",
)
servers = access.compute.auto_scaling_group
assert servers is not None

balancer = ApplicationLoadBalancer(
    stack,
    "Balancer",
    vpc=access.vpc,
    vpc_subnets=SubnetSelection(subnet_type=SubnetType.PRIVATE_ISOLATED),
    deletion_protection=True,
    drop_invalid_header_fields=True,
)
listener = balancer.add_listener(
    "Https",
    port=443,
    open=False,
    ssl_policy=SslPolicy.RECOMMENDED_TLS,
    certificates=[
        Certificate.from_certificate_arn(
            stack, "Certificate", "arn:aws:acm:eu-west-1:111122223333:certificate/example"
        )
    ],
)
balancer.connections.allow_from(Peer.ipv4("10.0.0.0/16"), Port.tcp(443))
listener.add_targets(
    "Servers",
    port=8080,
    protocol=ApplicationProtocol.HTTP,
    targets=[servers],
    health_check=HealthCheck(path="/health.html"),
)
servers.scale_on_request_count("Load", target_requests_per_minute=600)

for finding in [
    "AwsSolutions::AwsSolutions-ELB2",
    "NIST.800.53.R5::NIST.800.53.R5-ALBWAFEnabled",
    "NIST.800.53.R5::NIST.800.53.R5-ELBLoggingEnabled",
    "cdk-validator-cfnguard::elbv2_logging_enabled_check",
]:
    Validations.of(balancer).acknowledge(
        Acknowledgment(
            id=finding,
            reason="access logs and a web firewall for an internal service are a decision of its operator",
        )
    )
app.synth()
