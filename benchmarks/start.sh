#!/bin/sh
# Measures the start of 'avatar run', and the memory of one that waits; see README.md.
#
#   benchmarks/start.sh ROUNDS NAME=COMMAND...   such as package=/usr/bin/avatar
set -eu

home=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
. "$home/classes.sh"
work=$(mktemp -d "${TMPDIR:-/tmp}/start.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
java -Xmx64m -Dslf4j.internal.verbosity=ERROR -cp "$classes" io.numa.avatar.benchmarks.start.StartBenchmark "$work" "$@"
