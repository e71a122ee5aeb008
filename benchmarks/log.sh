#!/bin/sh
# Measures how much processor time a command's output takes on its way into the log; see README.md.
set -eu

home=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
. "$home/classes.sh"
folder=$(mktemp -d "${TMPDIR:-/tmp}/log.XXXXXX")
trap 'rm -rf "$folder"' EXIT
java -Xmx256m -Dslf4j.internal.verbosity=ERROR \
  -cp "$classes" io.numa.avatar.benchmarks.LogSpeed "$folder"
