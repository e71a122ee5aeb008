#!/bin/sh
# Measures whole tasks, and native Git for comparison, over smart HTTP on loopback; see README.md.
set -eu

home=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
. "$home/classes.sh"
work=$(mktemp -d "${TMPDIR:-/tmp}/git.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
java -Dslf4j.internal.verbosity=ERROR -cp "$classes" io.numa.avatar.benchmarks.tasks.GitBenchmark \
  -scripts "$home/native" -work "$work" -plot "$home/target/warm-tasks.svg" "$@"
