"""The quick start, with its proof where PROVE is true."""

import os

from aws_cdk import App, Stack
from cdk_private_ec2_s3_access import BucketAccess, DataBucketSource, PrivateEc2S3Access


def main() -> None:
    app = App()
    PrivateEc2S3Access(
        Stack(app, "Training"),
        "App",
        data_buckets={
            "UserData": DataBucketSource.create(access=[BucketAccess.read_write()]),
            "Datasets": DataBucketSource.create(access=[BucketAccess.read_only("datasets/")]),
        },
        prove_at_synthesis=os.environ.get("PROVE") == "true",
    )
    app.synth()


if __name__ == "__main__":
    main()
