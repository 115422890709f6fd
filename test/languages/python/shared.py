"""What the scenarios share."""

from pathlib import Path
from tempfile import mkdtemp
from typing import List

from aws_cdk import aws_iam as iam


def sids(statements: List[iam.PolicyStatement]) -> str:
    return ",".join(statement.sid or "" for statement in statements)


def setup_script() -> str:
    """A script that instances run: the same bytes in every language."""
    file = Path(mkdtemp()) / "setup.sh"
    file.write_text("#!/bin/sh\necho ready\n")
    return str(file)
