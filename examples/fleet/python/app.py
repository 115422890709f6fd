from aws_cdk import App, Duration, Stack
from aws_cdk.aws_autoscaling import InstanceRefreshStrategy, UpdatePolicy
from aws_cdk.aws_ec2 import InstanceClass, InstanceSize, InstanceType
from cdk_private_ec2_s3_access import BucketAccess, Compute, DataBucketSource, PrivateEc2S3Access

scope = App()
app = PrivateEc2S3Access(
    Stack(scope, "Fleet"),
    "App",
    compute=Compute.fleet(
        min_capacity=2,
        max_capacity=10,
        instance_type=InstanceType.of(InstanceClass.M7G, InstanceSize.LARGE),
        default_instance_warmup=Duration.minutes(3),
        update_policy=UpdatePolicy.instance_refresh(
            strategy=InstanceRefreshStrategy.ROLLING,
            min_healthy_percentage=90,
            checkpoint_percentages=[50, 100],
            checkpoint_delay=Duration.minutes(15),
        ),
    ),
    data_buckets={
        "Jobs": DataBucketSource.create(access=[BucketAccess.read_only("in/"), BucketAccess.write_only("out/")]),
    },
)
group = app.compute.auto_scaling_group
assert group is not None
group.scale_on_cpu_utilization("Cpu", target_utilization_percent=60)
scope.synth()
