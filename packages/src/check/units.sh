# shellcheck shell=bash
# Units

relaxed="RestrictNamespaces PrivateUsers ProtectKernelTunables ProtectKernelLogs ProtectProc ProcSubset ProtectHostname
ProtectControlGroups SystemCallFilter MemoryDenyWriteExecute"

reasons() {
  local setting
  for setting in $relaxed; do
    grep -qE "^#.*\b$setting=" "$home/systemd/numa-avatar.service" || { echo "no reason for $setting" && return 1; }
  done
}

# The number that docs/operate.md gives. A higher one is a weaker unit.
exposure() {
  local threshold
  threshold=$(sed -nE 's/.*security` gives it ([0-9.]+),.*/\1/p' docs/operate.md)
  echo "at most ${threshold:?docs\/operate.md names no number}"
  systemd-analyze security --no-pager --offline=true --threshold="${threshold/./}" "$home/systemd/numa-avatar.service"
}

verify() {
  local folder=$work/units said
  mkdir -p "$folder"
  for unit in "$home"/systemd/*.service; do
    sed -e "s:/usr/bin/avatar:$home/bin/avatar:" -e '/^Documentation=/d' "$unit" >"$folder/$(basename "$unit")"
  done
  said=$(systemd-analyze verify "$folder/numa-avatar.service" "$folder/numa-avatar@blue.service" 2>&1)
  echo "$said"
  none grep -q numa-avatar <<<"$said"
}

check_units() {
  step "units: each relaxed setting has its reason" reasons
  has systemd-analyze || { untried units "no systemd-analyze" && return; }
  step "units: systemd-analyze verify" verify
  step "units: systemd-analyze security is no weaker than docs/operate.md says" exposure
}
