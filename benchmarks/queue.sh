#!/bin/sh
# Measures avatars that share a queue on nats-server; see README.md.
#
#   benchmarks/queue.sh [COMMAND]                   tasks of one and eight avatars; ./avatar by default
#   benchmarks/queue.sh --simulate AVATARS TASKS    very many avatars in one process
set -eu

home=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd -P)
. "$home/classes.sh"
work=$(mktemp -d "${TMPDIR:-/tmp}/queue.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
package=io.numa.avatar.benchmarks.queue
if [ "${1:-}" = --simulate ]; then
  java -Xmx1g -Xss256k -Dslf4j.internal.verbosity=ERROR -cp "$classes" \
    $package.QueueSimulation "$work" "$2" "$3"
  exit
fi
command=${1:-}
if [ -z "$command" ]; then
  command=$home/../avatar
  "$command" --version >&2 # builds it if need be
fi
java -Xmx256m -Dslf4j.internal.verbosity=ERROR -cp "$classes" $package.QueueBenchmark "$work" "$command"
