#!/bin/sh
# Measures how fast a written log reaches a backend on loopback; see README.md.
set -eu

home=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
. "$home/classes.sh"
work=$(mktemp -d "${TMPDIR:-/tmp}/delivery.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
# The collector of the launcher; the two ratios have it leave no garbage that would count as live.
java -Xmx256m -XX:+UseSerialGC -XX:MarkSweepDeadRatio=0 -XX:MarkSweepAlwaysCompactCount=1 \
  -Dslf4j.internal.verbosity=ERROR -cp "$classes" \
  io.numa.avatar.benchmarks.logs.LogDeliveryBenchmark "$work"
