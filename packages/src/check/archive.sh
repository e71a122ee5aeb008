# shellcheck shell=bash
# The archive, for a user without rights

user() {
  setpriv --reuid 65534 --regid 65534 --clear-groups env -i PATH="$PATH" LC_ALL=C.UTF-8 HOME="$work/user" "$@"
}

unpacked() {
  rm -rf "$work/user"
  install -d -o 65534 -g 65534 "$work/user"
  user tar -C "$work/user" -xzf "$home.tar.gz" && [ -x "$work/user/$(basename "$home")/bin/avatar" ]
}

doctor() {
  user "AVATAR_JAVA_OPTS=$(trust "$work/world/trust.p12")" "$1" doctor --config "$work/user/config.yaml" | grep -v '^ok'
}

check_archive() {
  local program=$work/user/$(basename "$home")/bin/avatar
  step "archive: unpacks" unpacked
  step "archive: demo" user "$program" demo
  step "archive: demo with its own agent" says "built-in" user PATH=/usr/bin:/bin "$program" demo --agent
  need_world || return
  sed -e "s:/var/lib/numa-avatar:$work/user/avatar:" -e "s:/etc/numa-avatar/ca.pem:$work/world/ca.pem:" \
    "$work/world/config.yaml" >"$work/user/config.yaml"
  step "archive: doctor finds nothing bad" doctor "$program"
  step "archive: sandbox check holds what bubblewrap holds" says "egress by bubblewrap" user "$program" sandbox check
}
