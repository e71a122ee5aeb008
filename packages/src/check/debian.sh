# shellcheck shell=bash
# A Debian that systemd boots; for packages/check.

leader=

debian() {
  local kept=$target/debian.tar
  rm -rf "$root"
  if [ ! -f "$kept" ]; then
    debootstrap --variant=minbase --include=adduser,bubblewrap,ca-certificates,dbus,git,libstdc++6,systemd-sysv,util-linux \
      bookworm "$root" "${DEBIAN_MIRROR:-http://deb.debian.org/debian}" && tar -C "$root" -cf "$kept.new" . &&
      mv "$kept.new" "$kept"
  else
    mkdir -p "$root" && tar -C "$root" -xf "$kept"
  fi && echo force-unsafe-io >"$root/etc/dpkg/dpkg.cfg.d/check"
}

inside() {
  nsenter -t "$leader" -a env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
}

# Its loopback is this machine's. Without nspawn's masks, its /proc is as on a machine of its own.
boot() {
  systemd-nspawn -q -b -D "$root" --register=no --keep-unit --console=pipe >"$work/console" 2>&1 </dev/null &
  nspawn=$!
  local try
  for try in $(seq 120); do
    leader=$(pgrep -o -P "$nspawn") && inside systemctl is-system-running 2>/dev/null | grep -qE 'running|degraded' && break
    leader=
    sleep 1
  done
  [ -n "$leader" ] && inside sh -c 'for at in $(sed -nE "s:.* (/proc/[^ ]+) .*:\1:p" /proc/self/mounts | tac); do
    umount -l "$at" || :
  done
  ! grep " /proc/" /proc/self/mounts'
}

halt() {
  [ -z "$leader" ] || inside systemctl poweroff
  wait "$nspawn"
  leader=
}
