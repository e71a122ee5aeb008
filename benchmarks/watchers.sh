#!/bin/sh
# Measures warm tasks with 50 watchers and with none; see README.md.
#
#   benchmarks/watchers.sh [ROUNDS [COMMAND]]   15 rounds of the checkout's ./avatar by default
set -eu

home=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd -P)
. "$home/classes.sh"
command=${2:-}
if [ -z "$command" ]; then
  command=$home/../avatar
  "$command" --version >&2 # builds it if need be
  "$home/../scripts/launch" "$(command -v java)" "$home/../avatar-runner-cli/target/avatar.jar" --store
fi
work=$(mktemp -d "${TMPDIR:-/tmp}/watchers.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
java -Xmx256m -Dslf4j.internal.verbosity=ERROR -cp "$classes" \
  io.numa.avatar.benchmarks.watchers.WatchersBenchmark "$work" "${1:-15}" "$command"
