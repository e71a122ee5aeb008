#!/bin/sh
# Measures warm tasks of two revisions alternately, with two avatars of the first one; see README.md.
# builds.sh BEFORE-REVISION [ROUNDS [REPOSITORY.git | NUMBER-OF-FILES]]
set -eu

before=$1
rounds=${2:-15}
source=${3:-1000}
home=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
. "$home/classes.sh"
after=$classes
work=$(mktemp -d "${TMPDIR:-/tmp}/builds.XXXXXX")
trap 'git -C "$home" worktree remove --force "$work/tree"; rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
git -C "$home" worktree add -q --detach "$work/tree" "$before"
(cd "$work/tree" && "$mvn" -q -B -Pfast -DskipTests -pl benchmarks -am package) >&2
before=$work/tree/benchmarks/target/classes:$(cat "$work/tree/benchmarks/target/class-path")
java -Dslf4j.internal.verbosity=ERROR -cp "$classes" \
  io.numa.avatar.benchmarks.tasks.BuildComparison "$work" "$before" "$after" "$rounds" "$source"
