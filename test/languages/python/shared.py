"""What the scenarios share."""

from pathlib import Path
from tempfile import mkdtemp

from cdk_private_ec2_s3_access import PrivateEc2S3Access


def sids_of(workload: PrivateEc2S3Access) -> str:
    """What others must attach, by the names of the statements."""
    return ",".join(statement.sid or "" for each in workload.required_policies for statement in each.statements)


def setup_script() -> str:
    """A script that instances run: the same bytes in every language."""
    file = Path(mkdtemp()) / "setup.sh"
    file.write_text("#!/bin/sh\necho ready\n")
    return str(file)
