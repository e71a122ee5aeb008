#!/bin/sh
# Measures what the sandbox adds to commands and to tasks; see README.md.
# Takes the number of rounds, 15 by default.
set -eu

home=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
. "$home/classes.sh"
work=$(mktemp -d "${TMPDIR:-/tmp}/sandbox.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
java -Xmx256m -Dslf4j.internal.verbosity=ERROR -cp "$classes" \
  io.numa.avatar.benchmarks.sandbox.SandboxBenchmark "$work" "${1:-15}"
