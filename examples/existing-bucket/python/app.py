from aws_cdk import App, Environment, Stack
from aws_cdk.aws_kms import Key
from aws_cdk.aws_s3 import Bucket
from cdk_private_ec2_s3_access import BucketAccess, DataBucketSource, PrivateEc2S3Access

app = App()
stack = Stack(app, "ExistingBucket", env=Environment(account="111122223333", region="eu-west-1"))

datasets = Bucket.from_bucket_attributes(
    stack,
    "Datasets",
    bucket_name="example-datasets",
    encryption_key=Key.from_key_arn(
        stack, "DatasetsKey", "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    ),
)

PrivateEc2S3Access(
    stack,
    "App",
    data_buckets={
        "Datasets": DataBucketSource.from_bucket(datasets, access=[BucketAccess.read_only("public/")]),
        "Results": DataBucketSource.create(access=[BucketAccess.read_write()]),
    },
)
app.synth()
