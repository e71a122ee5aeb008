#!/bin/sh
# Measures the removal of secrets in MiB per second, on one core; see README.md. Takes JMH's options.
set -eu

home=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
. "$home/classes.sh"
cd "${TMPDIR:-/tmp}"
exec java -cp "$classes" org.openjdk.jmh.Main RedactionBenchmark "$@"
