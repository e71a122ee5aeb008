#!/bin/sh
# Measures turns of a coding agent that the avatar drives, beside the same program driven by hand; see README.md.
# Takes the number of pairs, 15 by default.
set -eu

home=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
. "$home/classes.sh"
work=$(mktemp -d "${TMPDIR:-/tmp}/agents.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
java -Xmx256m -Dslf4j.internal.verbosity=ERROR -cp "$classes" \
  io.numa.avatar.benchmarks.agents.AgentBenchmark "$work" "${1:-15}"
