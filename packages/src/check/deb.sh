# shellcheck shell=bash
# The .deb, in a Debian that systemd has booted

# The same package with another version, by its own scripts.
renumbered() {
  rm -rf "$work/newer"
  dpkg-deb -R "$deb" "$work/newer" && sed -i 's/^Version:.*/Version: 99/' "$work/newer/DEBIAN/control" &&
    dpkg-deb --root-owner-group -Zgzip -z1 -b "$work/newer" "$root/newer.deb" && cp "$deb" "$root/older.deb"
}

# Also has an agent for tasks in words, which is the test agent of the program's own jar. The token is in the environment.
configured() {
  local folder=$root/etc/numa-avatar
  sed 's/token-of-the-check/${NUMA_TOKEN}/' "$work/world/config.yaml" | cat - /dev/fd/3 >"$folder/config.yaml" 3<<END
sandbox: {tools: [/opt/agent]}
agents:
  available:
    - name: house
      command: [/usr/lib/numa-avatar/runtime/bin/java, -cp, /usr/lib/numa-avatar/avatar.jar,
        io.numa.avatar.testkit.agent.TestAgent, --script, /opt/agent/script]
END
  install -m 644 "$work/world/ca.pem" "$folder/ca.pem"
  mkdir -p "$root/opt/agent"
  printf '%s\n' 'say I mend it.' 'write agent.txt bad' --- 'say Once more.' 'write agent.txt good' >"$root/opt/agent/script"
}

# As docs/operate.md says.
trusted() {
  inside /usr/lib/numa-avatar/runtime/bin/keytool -importcert -noprompt -file /etc/numa-avatar/ca.pem \
    -keystore /etc/numa-avatar/trust.p12 -storepass changeit && trusting /etc/numa-avatar/environment
}

trusting() {
  install -m 600 /dev/null "$root$1" &&
    printf '%s\n' NUMA_TOKEN=token-of-the-check "AVATAR_JAVA_OPTS=\"$(trust /etc/numa-avatar/trust.p12)\"" >"$root$1"
}

# With the service's secrets, as docs/operate.md says.
entrusted() {
  inside systemd-run -q --wait --pipe -p User=numa-avatar -p EnvironmentFile=/etc/numa-avatar/environment \
    avatar "$@" --config /etc/numa-avatar/config.yaml
}

# A second avatar on the machine, which takes no task.
blue() {
  sed -e 's/^  id: check/  id: blue/' -e 's:/var/lib/numa-avatar/:&blue/:' "$root/etc/numa-avatar/config.yaml" \
    >"$root/etc/numa-avatar/blue.yaml" && chmod 644 "$root/etc/numa-avatar/blue.yaml"
  trusting /etc/numa-avatar/blue.environment && inside systemctl start numa-avatar@blue &&
    config=blue avatar pause && config=blue says 'blue' avatar status && config=config says 'check' avatar status
}

blue_ends() {
  inside systemctl stop numa-avatar@blue && [ -d "$root/var/lib/numa-avatar/blue/state" ] &&
    ! inside systemctl is-failed numa-avatar@blue
}

# A state directory serves one avatar.
shared() {
  says 'another' entrusted run --max-tasks 1
}

started() {
  inside systemctl start numa-avatar || { inside journalctl -n 30 -u numa-avatar; return 1; }
}

versioned() {
  [ "$(inside dpkg-query -W -f '${Version}' numa-avatar)" = "$1" ] && inside systemctl is-active numa-avatar
}

avatar() {
  inside setpriv --reuid numa-avatar --regid numa-avatar --init-groups avatar "$@" --config "/etc/numa-avatar/${config:-config}.yaml"
}

# Under the settings of the unit.
under_the_unit() {
  local unit=$root/etc/systemd/system/check.service
  sed -e 's/^Type=.*/Type=oneshot/' -e '/^NotifyAccess=/d; /^WatchdogSec=/d; /^Restart/d' \
    -e 's/avatar run/avatar sandbox check/' "$home/systemd/numa-avatar.service" >"$unit"
  inside systemctl daemon-reload
  inside systemctl start check
  local code=$?
  inside journalctl -o cat -u check >"$work/sandbox"
  rm "$unit"
  cat "$work/sandbox"
  [ "$code" = 0 ] && grep -q 'egress by bubblewrap' "$work/sandbox"
}

# Both while the avatar does not run, as docs/operate.md says.
backed_up() {
  inside systemctl stop numa-avatar && inside cp -a /var/lib/numa-avatar/state /var/lib/numa-avatar/logs /root/
}

restored() {
  inside rm -rf /var/lib/numa-avatar/state /var/lib/numa-avatar/logs &&
    inside cp -a /root/state /root/logs /var/lib/numa-avatar/ && inside systemctl reset-failed numa-avatar && started &&
    says "Make 1" avatar task 1
}

# As if a newer version had changed the journal.
aged() {
  local journal
  journal=$(grep -rlaF 'SQLite format 3' "$root/var/lib/numa-avatar/state" | head -n 1)
  python3 -c 'import sqlite3, sys
with sqlite3.connect(sys.argv[1]) as journal: journal.execute("PRAGMA user_version = 9999")' "$journal"
}

refused() {
  inside systemctl start numa-avatar
  inside journalctl -n 20 -o cat -u numa-avatar | tee "$work/refusal"
  [ "$(inside systemctl show -P ExecMainStatus numa-avatar)" = 2 ] &&
    [ "$(inside systemctl show -P NRestarts numa-avatar)" = 0 ] && grep -q 'newer' "$work/refusal"
}

moved() {
  inside systemctl stop numa-avatar && inside mv /var/lib/numa-avatar/state /var/lib/numa-avatar/state.old && started
}

# Without the network: all that the package depends on is there.
apt() {
  inside apt-get -q -y -o Dpkg::Options::=--force-confold "$@"
}

# Tasks get two seconds then, so that a longer one is interrupted.
hurried() {
  printf 'shutdown: {drain: 2s}\n' >>"$root/etc/numa-avatar/config.yaml"
  inside systemctl reload numa-avatar && says 'this changes: shutdown.drain' inside journalctl -o cat -u numa-avatar
}

mistaken_reload() {
  cp "$root/etc/numa-avatar/config.yaml" "$work/right.yaml"
  printf 'shutdwn: {drain: 1s}\n' >>"$root/etc/numa-avatar/config.yaml"
  none inside systemctl reload numa-avatar && says 'nothing has changed' inside journalctl -o cat -u numa-avatar &&
    inside systemctl is-active numa-avatar && cat "$work/right.yaml" >"$root/etc/numa-avatar/config.yaml"
}

kept() {
  [ -d "$root/var/lib/numa-avatar/state" ] && [ -f "$root/etc/numa-avatar/config.yaml" ] && [ ! -e "$root/usr/bin/avatar" ]
}

# The user stays, as docs/operate.md says.
gone() {
  ! find "$root" -xdev \( -path "$root/proc" -o -path "$root/var/lib/dpkg" -o -path "$root/var/log" \) -prune \
    -o -name '*numa-avatar*' -print | grep .
}

check_deb() {
  step "deb: its description is whole" says "Depends: libc6" dpkg-deb -I "$deb"
  has systemd-nspawn && has debootstrap || { untried deb "needs systemd-container and debootstrap" && return; }
  step "deb: a Debian to install it in" debian
  step "deb: boots" boot
  [ -n "$leader" ] || { untried deb "no Debian boots here" && return; }
  need_world || return
  step "deb: another version" renumbered
  step "deb: installs" apt install /older.deb
  step "deb: a fresh configuration says what to fill in" says NUMA_TOKEN avatar config check
  configured
  step "deb: trusts a certificate of one's own" trusted
  step "deb: doctor finds nothing bad with the service's secrets" entrusted doctor
  step "deb: starts as a service, and is ready" started
  step "deb: carries out a task" ask task 1 true
  step "deb: the task is done" ask await 1 done
  step "deb: gives a task in words to an agent" ask prose 4 "Make agent.txt good."
  step "deb: the agent's task is done, at the second turn" ask await 4 done
  step "deb: a second avatar beside it" blue
  step "deb: a state directory serves one avatar at a time" shared
  step "deb: the second avatar ends" blue_ends
  step "deb: sandbox check under the unit holds what bubblewrap holds" under_the_unit
  step "deb: a task is in its midst" ask task 2 "sleep 30"
  step "deb: its tests run" ask stage 2 test
  step "deb: upgrades meanwhile" apt install /newer.deb
  step "deb: the task was done before" ask await 2 done
  step "deb: at the first attempt" ask attempts 2 1
  step "deb: the new version runs" versioned 99
  step "deb: the journal knows the task" says "Make 1" avatar task 1
  step "deb: refuses a configuration with errors, and goes on" mistaken_reload
  step "deb: reads its configuration again" hurried
  # However long the package manager takes until it stops the service: only the first attempt is long.
  step "deb: a longer task is in its midst" ask task 5 "test -e ~/begun || { touch ~/begun && sleep 600; }"
  step "deb: its tests run, too" ask stage 5 test
  step "deb: rolls back meanwhile" apt install --allow-downgrades /older.deb
  step "deb: the longer task is done after that" ask await 5 done
  step "deb: at the second attempt" ask attempts 5 2
  step "deb: the old version runs" versioned "${version/-SNAPSHOT/\~SNAPSHOT}"
  step "deb: carries out a task after that" ask task 3 true
  step "deb: that task is done" ask await 3 done
  step "deb: is backed up" backed_up
  step "deb: a newer version changes the journal" aged
  step "deb: this one refuses that, says so, and is not restarted" refused
  step "deb: starts with what was backed up, and knows its tasks" restored
  step "deb: starts when state was moved away" moved
  step "deb: is removed" apt remove numa-avatar
  step "deb: configuration and data stay" kept
  step "deb: is purged" apt purge numa-avatar
  step "deb: nothing is left but the user" gone
  halt
}
