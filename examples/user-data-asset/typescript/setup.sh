#!/bin/bash
set -euo pipefail
mkdir -p /opt/worker
date > /opt/worker/first-boot
