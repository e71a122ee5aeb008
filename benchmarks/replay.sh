#!/bin/sh
# Replays commits of bare repositories as plans, and compares the trees with Git's; see README.md.
set -eu

home=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
if [ $# -eq 0 ]; then
  echo "usage: replay.sh [-n COUNT | -l LIST] REPOSITORY.git..." >&2
  exit 2
fi
. "$home/classes.sh"
exec java -Xmx512m -Djava.io.tmpdir="${TMPDIR:-/tmp}" -Dslf4j.internal.verbosity=ERROR \
  -cp "$classes" io.numa.avatar.benchmarks.Main "$@"
