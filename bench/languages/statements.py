"""The policy statements of the quick start, written by hand."""

from typing import List

from aws_cdk import Aws
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3


def logs_statements(logs: s3.Bucket) -> List[iam.PolicyStatement]:
    return [
        iam.PolicyStatement(
            sid="DenyWithoutTls",
            effect=iam.Effect.DENY,
            principals=[iam.StarPrincipal()],
            actions=["s3:*"],
            resources=[logs.bucket_arn, f"{logs.bucket_arn}/*"],
            conditions={"Bool": {"aws:SecureTransport": "false"}},
        ),
        iam.PolicyStatement(
            sid="DenyOldTls",
            effect=iam.Effect.DENY,
            principals=[iam.StarPrincipal()],
            actions=["s3:*"],
            resources=[logs.bucket_arn, f"{logs.bucket_arn}/*"],
            conditions={"NumericLessThan": {"s3:TlsVersion": "1.2"}},
        ),
        iam.PolicyStatement(
            sid="FlowLogDelivery",
            principals=[iam.ServicePrincipal("delivery.logs.amazonaws.com")],
            actions=["s3:PutObject"],
            resources=[f"{logs.bucket_arn}/vpc-flow-logs/AWSLogs/{Aws.ACCOUNT_ID}/*"],
            conditions={
                "ArnLike": {"aws:SourceArn": f"arn:{Aws.PARTITION}:logs:{Aws.REGION}:{Aws.ACCOUNT_ID}:*"},
                "StringEquals": {"aws:SourceAccount": Aws.ACCOUNT_ID, "s3:x-amz-acl": "bucket-owner-full-control"},
            },
        ),
        iam.PolicyStatement(
            sid="FlowLogAclCheck",
            principals=[iam.ServicePrincipal("delivery.logs.amazonaws.com")],
            actions=["s3:GetBucketAcl", "s3:ListBucket"],
            resources=[logs.bucket_arn],
            conditions={
                "ArnLike": {"aws:SourceArn": f"arn:{Aws.PARTITION}:logs:{Aws.REGION}:{Aws.ACCOUNT_ID}:*"},
                "StringEquals": {"aws:SourceAccount": Aws.ACCOUNT_ID},
            },
        ),
        iam.PolicyStatement(
            sid="AccessLogDelivery",
            principals=[iam.ServicePrincipal("logging.s3.amazonaws.com")],
            actions=["s3:PutObject"],
            resources=[f"{logs.bucket_arn}/s3-access-logs/*"],
            conditions={"StringEquals": {"aws:SourceAccount": Aws.ACCOUNT_ID}},
        ),
    ]


def key_statements(role: iam.Role) -> List[iam.PolicyStatement]:
    return [
        iam.PolicyStatement(
            sid="AccountAdministersKey",
            principals=[iam.AccountRootPrincipal()],
            actions=["kms:CancelKeyDeletion", "kms:CreateAlias", "kms:DeleteAlias", "kms:DescribeKey", "kms:DisableKey", "kms:DisableKeyRotation", "kms:EnableKey", "kms:EnableKeyRotation", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListGrants", "kms:ListKeyPolicies", "kms:ListKeyRotations", "kms:ListResourceTags", "kms:PutKeyPolicy", "kms:RetireGrant", "kms:RevokeGrant", "kms:RotateKeyOnDemand", "kms:ScheduleKeyDeletion", "kms:TagResource", "kms:UntagResource", "kms:UpdateAlias", "kms:UpdateKeyDescription"],
            resources=["*"],
        ),
        iam.PolicyStatement(
            sid="DecryptThroughS3",
            principals=[iam.AccountRootPrincipal()],
            actions=["kms:Decrypt"],
            resources=["*"],
            conditions={
                "ArnLike": {"aws:PrincipalArn": [role.role_arn]},
                "StringEquals": {"kms:ViaService": [f"s3.{Aws.REGION}.amazonaws.com", f"s3.{Aws.REGION}.{Aws.URL_SUFFIX}"]},
            },
        ),
        iam.PolicyStatement(
            sid="EncryptThroughS3",
            principals=[iam.AccountRootPrincipal()],
            actions=["kms:GenerateDataKey"],
            resources=["*"],
            conditions={
                "ArnLike": {"aws:PrincipalArn": [role.role_arn]},
                "StringEquals": {"kms:ViaService": [f"s3.{Aws.REGION}.amazonaws.com", f"s3.{Aws.REGION}.{Aws.URL_SUFFIX}"]},
            },
        ),
        iam.PolicyStatement(
            sid="EncryptVolumesThroughEc2",
            principals=[iam.AccountRootPrincipal()],
            actions=["kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptFrom", "kms:ReEncryptTo"],
            resources=["*"],
            conditions={
                "StringEquals": {"kms:CallerAccount": Aws.ACCOUNT_ID, "kms:ViaService": [f"ec2.{Aws.REGION}.amazonaws.com", f"ec2.{Aws.REGION}.{Aws.URL_SUFFIX}"]},
            },
        ),
        iam.PolicyStatement(
            sid="DenyGrantsExceptForAwsResources",
            effect=iam.Effect.DENY,
            principals=[iam.StarPrincipal()],
            actions=["kms:CreateGrant"],
            resources=["*"],
            conditions={"BoolIfExists": {"aws:PrincipalIsAWSService": "false", "kms:GrantIsForAWSResource": "false"}},
        ),
    ]


def endpoint_statements(role: iam.Role, datasets: s3.Bucket, user_data: s3.Bucket) -> List[iam.PolicyStatement]:
    return [
        iam.PolicyStatement(
            sid="LocateDataBuckets",
            principals=[iam.StarPrincipal()],
            actions=["s3:GetBucketLocation"],
            resources=[datasets.bucket_arn],
            conditions={"ArnEquals": {"aws:PrincipalArn": [role.role_arn]}, "StringEquals": {"aws:ResourceAccount": Aws.ACCOUNT_ID}},
        ),
        iam.PolicyStatement(
            sid="ListDataBuckets",
            principals=[iam.StarPrincipal()],
            actions=["s3:ListBucket"],
            resources=[datasets.bucket_arn],
            conditions={"ArnEquals": {"aws:PrincipalArn": [role.role_arn]}, "StringEquals": {"aws:ResourceAccount": Aws.ACCOUNT_ID}},
        ),
        iam.PolicyStatement(
            sid="ListDataBuckets2",
            principals=[iam.StarPrincipal()],
            actions=["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
            resources=[user_data.bucket_arn],
            conditions={"ArnEquals": {"aws:PrincipalArn": [role.role_arn]}, "StringEquals": {"aws:ResourceAccount": Aws.ACCOUNT_ID}},
        ),
        iam.PolicyStatement(
            sid="ReadObjects",
            principals=[iam.StarPrincipal()],
            actions=["s3:GetObject", "s3:GetObjectAttributes", "s3:GetObjectTagging"],
            resources=[f"{datasets.bucket_arn}/datasets/*"],
            conditions={"ArnEquals": {"aws:PrincipalArn": [role.role_arn]}, "StringEquals": {"aws:ResourceAccount": Aws.ACCOUNT_ID}},
        ),
        iam.PolicyStatement(
            sid="ReadWriteObjects",
            principals=[iam.StarPrincipal()],
            actions=["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:GetObjectAttributes", "s3:GetObjectTagging", "s3:ListMultipartUploadParts", "s3:PutObject", "s3:PutObjectTagging"],
            resources=[f"{user_data.bucket_arn}/*"],
            conditions={"ArnEquals": {"aws:PrincipalArn": [role.role_arn]}, "StringEquals": {"aws:ResourceAccount": Aws.ACCOUNT_ID}},
        ),
    ]


def role_statements(
    endpoint: ec2.CfnVPCEndpoint, datasets: s3.Bucket, user_data: s3.Bucket, key: kms.Key
) -> List[iam.PolicyStatement]:
    return [
        iam.PolicyStatement(
            sid="LocateDataBuckets",
            actions=["s3:GetBucketLocation"],
            resources=[datasets.bucket_arn],
            conditions={"StringEquals": {"aws:ResourceAccount": Aws.ACCOUNT_ID, "aws:SourceVpce": [endpoint.ref]}},
        ),
        iam.PolicyStatement(
            sid="ListDataBuckets",
            actions=["s3:ListBucket"],
            resources=[datasets.bucket_arn],
            conditions={
                "StringEquals": {"aws:ResourceAccount": Aws.ACCOUNT_ID, "aws:SourceVpce": [endpoint.ref]},
                "StringLike": {"s3:prefix": ["datasets/*"]},
            },
        ),
        iam.PolicyStatement(
            sid="ListDataBuckets2",
            actions=["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
            resources=[user_data.bucket_arn],
            conditions={"StringEquals": {"aws:ResourceAccount": Aws.ACCOUNT_ID, "aws:SourceVpce": [endpoint.ref]}},
        ),
        iam.PolicyStatement(
            sid="ReadObjects",
            actions=["s3:GetObject", "s3:GetObjectAttributes", "s3:GetObjectTagging"],
            resources=[f"{datasets.bucket_arn}/datasets/*"],
            conditions={"StringEquals": {"aws:ResourceAccount": Aws.ACCOUNT_ID, "aws:SourceVpce": [endpoint.ref]}},
        ),
        iam.PolicyStatement(
            sid="ReadWriteObjects",
            actions=["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:GetObjectAttributes", "s3:GetObjectTagging", "s3:ListMultipartUploadParts", "s3:PutObject", "s3:PutObjectTagging"],
            resources=[f"{user_data.bucket_arn}/*"],
            conditions={"StringEquals": {"aws:ResourceAccount": Aws.ACCOUNT_ID, "aws:SourceVpce": [endpoint.ref]}},
        ),
        iam.PolicyStatement(
            sid="UseKeysOfDataBuckets",
            actions=["kms:Decrypt", "kms:GenerateDataKey"],
            resources=[key.key_arn],
            conditions={"StringEquals": {"kms:ViaService": [f"s3.{Aws.REGION}.amazonaws.com", f"s3.{Aws.REGION}.{Aws.URL_SUFFIX}"]}},
        ),
        iam.PolicyStatement(
            sid="DenyCredentialsOutsideVpc",
            effect=iam.Effect.DENY,
            actions=["s3:*"],
            resources=["*"],
            conditions={
                "BoolIfExists": {"aws:ViaAWSService": "false"},
                "StringNotEquals": {"aws:SourceVpc": "${aws:Ec2InstanceSourceVpc}"},
            },
        ),
        iam.PolicyStatement(
            sid="DenyCredentialsOutsideInstance",
            effect=iam.Effect.DENY,
            actions=["s3:*"],
            resources=["*"],
            conditions={
                "BoolIfExists": {"aws:ViaAWSService": "false"},
                "StringNotEquals": {"aws:VpcSourceIp": "${aws:Ec2InstanceSourcePrivateIPv4}"},
            },
        ),
    ]


def data_statements(bucket: s3.Bucket, endpoint: ec2.CfnVPCEndpoint, role: iam.Role, key: kms.Key) -> List[iam.PolicyStatement]:
    return [
        iam.PolicyStatement(
            sid="DenyWithoutTls",
            effect=iam.Effect.DENY,
            principals=[iam.StarPrincipal()],
            actions=["s3:*"],
            resources=[bucket.bucket_arn, f"{bucket.bucket_arn}/*"],
            conditions={"Bool": {"aws:SecureTransport": "false"}},
        ),
        iam.PolicyStatement(
            sid="DenyOldTls",
            effect=iam.Effect.DENY,
            principals=[iam.StarPrincipal()],
            actions=["s3:*"],
            resources=[bucket.bucket_arn, f"{bucket.bucket_arn}/*"],
            conditions={"NumericLessThan": {"s3:TlsVersion": "1.2"}},
        ),
        iam.PolicyStatement(
            sid="DenyObjectsOutsideEndpoint",
            effect=iam.Effect.DENY,
            principals=[iam.StarPrincipal()],
            actions=["s3:*"],
            resources=[f"{bucket.bucket_arn}/*"],
            conditions={"StringNotEquals": {"aws:SourceVpce": [endpoint.ref]}},
        ),
        iam.PolicyStatement(
            sid="DenyVersionListsOutsideEndpoint",
            effect=iam.Effect.DENY,
            principals=[iam.StarPrincipal()],
            actions=["s3:ListBucketMultipartUploads", "s3:ListBucketVersions"],
            resources=[bucket.bucket_arn],
            conditions={"StringNotEquals": {"aws:SourceVpce": [endpoint.ref]}},
        ),
        iam.PolicyStatement(
            sid="DenyListsOutsideEndpoint",
            effect=iam.Effect.DENY,
            principals=[iam.StarPrincipal()],
            actions=["s3:ListBucket"],
            resources=[bucket.bucket_arn],
            conditions={
                "ArnNotLike": {"aws:PrincipalArn": [f"arn:{Aws.PARTITION}:iam::{Aws.ACCOUNT_ID}:role/cdk-hnb659fds-cfn-exec-role-{Aws.ACCOUNT_ID}-{Aws.REGION}", f"arn:{Aws.PARTITION}:iam::{Aws.ACCOUNT_ID}:role/AWSCloudFormationStackSetExecutionRole", f"arn:{Aws.PARTITION}:iam::{Aws.ACCOUNT_ID}:role/stacksets-exec-*"]},
                "StringNotEquals": {"aws:CalledViaFirst": "cloudformation.amazonaws.com", "aws:SourceVpce": [endpoint.ref]},
            },
        ),
        iam.PolicyStatement(
            sid="DenyObjectsToOthers",
            effect=iam.Effect.DENY,
            principals=[iam.StarPrincipal()],
            actions=["s3:*"],
            resources=[f"{bucket.bucket_arn}/*"],
            conditions={"ArnNotLike": {"aws:PrincipalArn": [role.role_arn]}},
        ),
        iam.PolicyStatement(
            sid="DenyOtherEncryption",
            effect=iam.Effect.DENY,
            principals=[iam.StarPrincipal()],
            actions=["s3:PutObject", "s3:UpdateObjectEncryption"],
            resources=[f"{bucket.bucket_arn}/*"],
            conditions={
                "Null": {"s3:x-amz-server-side-encryption": "false"},
                "StringNotEquals": {"s3:x-amz-server-side-encryption": "aws:kms"},
            },
        ),
        iam.PolicyStatement(
            sid="DenyOtherKeys",
            effect=iam.Effect.DENY,
            principals=[iam.StarPrincipal()],
            actions=["s3:PutObject", "s3:UpdateObjectEncryption"],
            resources=[f"{bucket.bucket_arn}/*"],
            conditions={
                "Null": {"s3:x-amz-server-side-encryption-aws-kms-key-id": "false"},
                "StringNotEquals": {"s3:x-amz-server-side-encryption-aws-kms-key-id": key.key_arn},
            },
        ),
        iam.PolicyStatement(
            sid="DenyKmsWithoutKeyId",
            effect=iam.Effect.DENY,
            principals=[iam.StarPrincipal()],
            actions=["s3:PutObject", "s3:UpdateObjectEncryption"],
            resources=[f"{bucket.bucket_arn}/*"],
            conditions={
                "Null": {"s3:x-amz-server-side-encryption-aws-kms-key-id": "true"},
                "StringEquals": {"s3:x-amz-server-side-encryption": "aws:kms"},
            },
        ),
        iam.PolicyStatement(
            sid="DenyCustomerProvidedKeys",
            effect=iam.Effect.DENY,
            principals=[iam.StarPrincipal()],
            actions=["s3:PutObject"],
            resources=[f"{bucket.bucket_arn}/*"],
            conditions={"Null": {"s3:x-amz-server-side-encryption-customer-algorithm": "false"}},
        ),
    ]
