#!/bin/sh
# Measures how long the journal takes to write a record; see README.md.
set -eu

home=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
. "$home/classes.sh"
folder=$(mktemp -d "${TMPDIR:-/tmp}/journal.XXXXXX")
trap 'rm -rf "$folder"' EXIT
java -Xmx256m -Dslf4j.internal.verbosity=ERROR \
  -cp "$classes" io.numa.avatar.benchmarks.JournalSpeed "$folder/run"
