# shellcheck shell=bash
# A backend and a Git server on loopback, by World.java; for packages/check.

world() {
  rm -rf "$work/world"
  coproc WORLD { exec "$jdk/bin/java" -cp "$home/avatar.jar" "$check/World.java" "$work/world" 2>"$work/world.log"; }
  ready
}

need_world() {
  [ -n "${WORLD_PID:-}" ] || step "a backend and a Git server" world
}

ready() {
  local answer=
  read -r -t 300 answer <&"${WORLD[0]}"
  echo "the backend: $answer"
  [ "$answer" = ok ]
}

ask() {
  echo "$*" >&"${WORLD[1]}" && ready
}

# The options by which Java trusts the backend's certificate.
trust() {
  echo "-Djavax.net.ssl.trustStore=$1 -Djavax.net.ssl.trustStorePassword=changeit"
}
