"""Runs an app and prints how many requests it made to the kernel of jsii."""

import runpy
import sys
from pathlib import Path

from jsii._kernel.providers import process

calls = 0
send = process._NodeProcess.send


def counted(self, request, response_type):
    global calls
    calls += 1
    return send(self, request, response_type)


process._NodeProcess.send = counted
sys.path.insert(0, str(Path(sys.argv[1]).parent))
runpy.run_path(sys.argv[1], run_name="__main__")
print(calls)
