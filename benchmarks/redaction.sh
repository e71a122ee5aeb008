#!/bin/sh
# Measures the redaction of secrets in MiB a second, on one core; see README.md. Options are JMH's.
set -eu

home=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
. "$home/classes.sh"
cd "${TMPDIR:-/tmp}"
exec java -cp "$classes" org.openjdk.jmh.Main RedactionBenchmark "$@"
