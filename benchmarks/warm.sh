#!/bin/sh
# Measures warm tasks of the avatar beside one kept checkout; see README.md.
# warm.sh ROUNDS NAME=REPOSITORY.git...
set -eu

home=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
. "$home/classes.sh"
work=$(mktemp -d "${TMPDIR:-/tmp}/warm.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
java -Dslf4j.internal.verbosity=ERROR -cp "$classes" io.numa.avatar.benchmarks.tasks.KeptComparison \
  "$work" "$home/native" "$@"
