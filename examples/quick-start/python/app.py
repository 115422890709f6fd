from aws_cdk import App, Stack
from cdk_private_ec2_s3_access import BucketAccess, DataBucketSource, PrivateEc2S3Access

app = App()
PrivateEc2S3Access(
    Stack(app, "QuickStart"),
    "App",
    data_buckets={
        "UserData": DataBucketSource.create(access=[BucketAccess.read_write()]),
        "Datasets": DataBucketSource.create(access=[BucketAccess.read_only("datasets/")]),
    },
)
app.synth()
