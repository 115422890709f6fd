from aws_cdk import App, CfnOutput, Stack
from cdk_private_ec2_s3_access import BucketAccess, DataBucketSource, PrivateEc2S3Access

scope = App()
stack = Stack(scope, "QuickStart")
app = PrivateEc2S3Access(
    stack,
    "App",
    data_buckets={
        "UserData": DataBucketSource.create(access=[BucketAccess.read_write()]),
        "Datasets": DataBucketSource.create(access=[BucketAccess.read_only("datasets/")]),
    },
)
instance = app.compute.instance
assert instance is not None
CfnOutput(stack, "UserDataBucket", value=app.data_bucket("UserData").bucket_name)
CfnOutput(stack, "DatasetsBucket", value=app.data_bucket("Datasets").bucket_name)
CfnOutput(stack, "InstanceId", value=instance.instance_id)
CfnOutput(stack, "RoleArn", value=app.role.role_arn)
scope.synth()
