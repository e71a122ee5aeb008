# shellcheck shell=bash
# Steps and their counts; for packages/check.

passed=0 failed=0 untried=0

# Runs a command as a step. What a failed one has printed stays in the file log.N.
step() {
  local name=$1
  shift
  if "$@" >"$log" 2>&1 </dev/null; then
    passed=$((passed + 1))
    echo "ok       $name"
  else
    failed=$((failed + 1))
    echo "FAILED   $name"
    tail -n 15 "$log" | sed 's/^/         /'
    cp "$log" "$log.$failed"
    return 1
  fi
}

untried() {
  untried=$((untried + 1))
  echo "UNTRIED  $1: $2"
}

has() {
  command -v "$1" >/dev/null
}

# The output of the rest, a command, contains the text.
says() {
  local text=$1 said
  shift
  said=$("$@" 2>&1)
  echo "$said"
  grep -qF -- "$text" <<<"$said"
}

none() {
  ! "$@"
}
