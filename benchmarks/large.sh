#!/bin/sh
# Carries out plans with very large patches, with a heap of 512 MiB; see README.md. Needs some 3 GB of
# disk and a few minutes.
set -eu

home=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null
export GIT_AUTHOR_NAME=large GIT_AUTHOR_EMAIL=large@invalid
export GIT_COMMITTER_NAME=large GIT_COMMITTER_EMAIL=large@invalid

# repository NAME BEFORE AFTER makes a bare repository with two commits, each from a shell command.
repository() {
  echo "making $1" >&2
  git init -q "$work/tree"
  (
    cd "$work/tree"
    git config core.looseCompression 0
    eval "$2"
    git add -A
    git commit -q -m before
    eval "$3"
    git add -A
    git commit -q -m after
  )
  mv "$work/tree/.git" "$work/$1.git"
  rm -r "$work/tree"
}

lines() {
  awk -v n="$1" 'BEGIN { for (i = 1; i <= n; i++) print "line " i " of a text that has so many of them" }'
}

repository binary-200MB-added 'echo a > a' 'head -c 200000000 /dev/urandom > big'
repository binary-200MB-changed 'head -c 200000000 /dev/urandom > big' \
  'printf changed | dd of=big bs=1 seek=100000000 conv=notrunc status=none'
repository text-1000000-lines-added 'echo a > a' 'lines 1000000 > text'
repository text-1000000-lines-2000-hunks 'lines 1000000 > text' \
  'awk "NR % 500 == 250 { \$0 = \$0 \" and was changed\" } { print }" text > new; mv new text'

. "$home/classes.sh"
cd "$work"
java -Xmx512m -Djava.io.tmpdir="$work" -Dslf4j.internal.verbosity=ERROR \
  -cp "$classes" io.numa.avatar.benchmarks.Main ./*.git
