"""What every app with such resources costs: one resource of each module of the CDK that the quick start uses."""

from aws_cdk import App, Stack
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3


def main() -> None:
    app = App()
    stack = Stack(app, "Training")
    ec2.CfnVPC(stack, "Vpc", cidr_block="10.0.0.0/16")
    iam.Role(stack, "Role", assumed_by=iam.ServicePrincipal("ec2.amazonaws.com"))
    s3.Bucket(stack, "Bucket", encryption=s3.BucketEncryption.KMS, encryption_key=kms.Key(stack, "Key"))
    app.synth()


if __name__ == "__main__":
    main()
