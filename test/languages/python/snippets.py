"""Runs the snippets of the documentation, as jsii-rosetta translates them, each in an app of its own that is synthesized."""

import json
import sys
import traceback
from pathlib import Path
from typing import Any, Dict

from aws_cdk import App, Stack
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from cdk_private_ec2_s3_access import BucketAccess, DataBucketSource
from constructs import Construct


class Fixture(Dict[str, Any]):
    """What stands around a snippet: the names that the fixtures in rosetta/ declare, made where a snippet uses them."""

    def __init__(self) -> None:
        super().__init__()
        self.fixture_app = App()

    @property
    def app(self) -> App:
        """The app of the snippet, where it is a whole program; else the one that stands around it."""
        mine = self.get("app")
        return mine if isinstance(mine, App) else self.fixture_app

    def __missing__(self, name: str) -> Any:
        make = getattr(self, f"make_{name}", None)
        if make is None:
            raise KeyError(name)
        self[name] = make()
        return self[name]

    def make_self(self) -> Construct:
        return Construct(self["stack"], "Fixture")

    def make_stack(self) -> Stack:
        return Stack(self.fixture_app, "Training")

    def make_vpc(self) -> ec2.IVpc:
        return ec2.Vpc(
            self["stack"],
            "Vpc",
            subnet_configuration=[
                ec2.SubnetConfiguration(name="Public", subnet_type=ec2.SubnetType.PUBLIC),
                ec2.SubnetConfiguration(name="Private", subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS),
                ec2.SubnetConfiguration(name="Isolated", subnet_type=ec2.SubnetType.PRIVATE_ISOLATED),
            ],
        )

    def make_role(self) -> iam.Role:
        return iam.Role(self["stack"], "Role", assumed_by=iam.ServicePrincipal("ec2.amazonaws.com"))

    def make_deploy_role(self) -> iam.IRole:
        return iam.Role.from_role_arn(self["stack"], "DeployRole", "arn:aws:iam::111122223333:role/deploy/Deployer")

    def make_uploader(self) -> iam.IRole:
        return iam.Role.from_role_arn(self["stack"], "Uploader", "arn:aws:iam::111122223333:role/Uploader")

    def make_key(self) -> kms.Key:
        return kms.Key(self["stack"], "Key")

    def make_s3_prefix_list(self) -> ec2.IPrefixList:
        return ec2.PrefixList.from_prefix_list_id(self["stack"], "S3PrefixList", "pl-63a5400a")

    def make_archive_bucket_in_other_account(self) -> s3.IBucket:
        return s3.Bucket.from_bucket_attributes(
            self["stack"], "ArchiveBucket", bucket_arn="arn:aws:s3:::example-log-archive", account="444455556666"
        )

    def make_data_buckets(self) -> Dict[str, DataBucketSource]:
        return {
            "UserData": DataBucketSource.create(access=[BucketAccess.read_write()]),
            "Datasets": DataBucketSource.create(access=[BucketAccess.read_only("datasets/")]),
        }


def templates_of(snippet: Dict[str, str]) -> Dict[str, Any]:
    """Runs a snippet, and returns the templates of its stacks by their names."""
    fixture = Fixture()
    exec(compile(snippet["source"], snippet["name"], "exec"), {}, fixture)
    return {stack.stack_name: stack.template for stack in fixture.app.synth().stacks}


def main(file: str) -> None:
    snippets = json.loads(Path(file).read_text())
    found: Dict[str, Any] = {}
    results = []
    for snippet in snippets:
        name = snippet["name"]
        try:
            found[name] = templates_of(snippet)
            same = snippet.get("sameAs")
            if same is not None and found[same] != found[name]:
                raise AssertionError(f"{name} has not the templates of {same}")
            results.append({"name": name})
        except Exception:
            results.append({"name": name, "error": traceback.format_exc()})
    print(json.dumps(results))


if __name__ == "__main__":
    main(sys.argv[1])
