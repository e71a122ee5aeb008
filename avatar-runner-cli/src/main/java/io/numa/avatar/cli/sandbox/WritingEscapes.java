package io.numa.avatar.cli.sandbox;

import static io.numa.avatar.process.sandbox.Guarantee.FILES;

import java.util.List;

/** Ways to change what is the avatar's or the machine's. */
final class WritingEscapes {
  static final List<EscapeCheck> ALL =
      List.of(
          new EscapeCheck(
              FILES,
              "changes the tree of another task",
              """
              changes "$OTHER/secret\""""),
          new EscapeCheck(
              FILES,
              "changes the log of another task",
              """
              changes "$LOGS/T-2/1.log\""""),
          new EscapeCheck(
              FILES,
              "changes the mirror of another repository",
              """
              changes "$WORKSPACE/mirrors/other/config" "$WORKSPACE/mirrors/other/hooks/post-checkout\""""),
          new EscapeCheck(
              FILES,
              "changes the saved setup of another repository",
              """
              changes "$WORKSPACE/setups/other/secret\""""),
          new EscapeCheck(
              FILES,
              "leaves an alias in the HOME of another repository",
              """
              changes "$WORKSPACE/sandboxes/homes/other/home/.gitconfig\""""),
          new EscapeCheck(
              FILES,
              "changes the journal",
              """
              changes "$STATE/journal.db\""""),
          new EscapeCheck(
              FILES,
              "changes the avatar's configuration",
              """
              changes "$CONFIG\""""),
          new EscapeCheck(
              FILES,
              "changes what the operator's shells do",
              """
              changes "$OPERATOR/.profile" "$OPERATOR/.bashrc\""""),
          new EscapeCheck(
              FILES,
              "adds a unit to the operator's session",
              """
              changes "$OPERATOR/.config/systemd/user/escape.service\""""),
          new EscapeCheck(
              FILES,
              "adds a key to the operator's logins",
              """
              changes "$OPERATOR/.ssh/authorized_keys\""""),
          new EscapeCheck(
              FILES,
              "changes a file through a link",
              """
              ln -s "$OTHER/secret" out && changes out"""),
          new EscapeCheck(
              FILES,
              "adds a job of cron",
              """
              for place in /etc/cron.d /var/spool/cron /var/spool/cron/crontabs; do
                adds "$place"
              done""",
              EscapeCheck.ONLY_ROOT),
          new EscapeCheck(
              FILES,
              "writes to the system",
              """
              for place in / /usr /usr/bin /etc /etc/profile.d /var /opt /root /boot; do
                adds "$place"
              done""",
              EscapeCheck.ONLY_ROOT),
          new EscapeCheck(
              FILES,
              "leaves files in the temporary folders of this machine",
              """
              for place in /tmp /var/tmp /dev/shm /run/lock; do
                (: >"$place/avatar-escape-$MARK") 2>/dev/null
              done"""),
          new EscapeCheck(
              FILES,
              "fills the memory of /tmp and /dev/shm without a limit",
              """
              for place in /tmp /dev/shm; do
                (: >"$place/avatar-escape-$MARK") 2>/dev/null || continue
                rm -f "$place/avatar-escape-$MARK"
                size=$(($(stat -f -c '%b * %S' "$place")))
                [ "$size" -gt 1099511627776 ] && open "$place has $size bytes"
                [ "$(stat -f -c %T "$place")" = tmpfs ] || open "$place is on a disk"
              done"""),
          new EscapeCheck(
              FILES,
              "writes beside the tree",
              """
              adds "$WORKSPACE/T-1\""""),
          new EscapeCheck(
              FILES,
              "puts another folder in the tree's place",
              """
              tree=$PWD
              cd / && mv "$tree" "$tree.away" 2>/dev/null && mv "$tree.away" "$tree" && open "moved it\""""),
          new EscapeCheck(
              FILES,
              "changes how the kernel works",
              """
              for file in /proc/sys/kernel/core_pattern /proc/sys/kernel/modprobe /proc/sys/vm/drop_caches \\
                /proc/sys/fs/binfmt_misc/register /proc/sysrq-trigger /sys/kernel/uevent_helper \\
                /sys/power/state /sys/fs/cgroup/release_agent /sys/kernel/profiling; do
                [ -e "$file" ] && (: >>"$file") 2>/dev/null && open "opened $file"
              done""",
              EscapeCheck.ONLY_ROOT),
          new EscapeCheck(
              FILES,
              "makes a control group",
              """
              for place in /sys/fs/cgroup /sys/fs/cgroup/*; do
                mkdir "$place/avatar-escape" 2>/dev/null && rmdir "$place/avatar-escape" \\
                  && open "made one in $place"
              done""",
              EscapeCheck.ONLY_ROOT),
          new EscapeCheck(
              FILES,
              "connects to a socket of the avatar",
              """
              code 'socket(S, 1, 1, 0) && connect(S, pack("Sa*x", 1, $ENV{SOCKET})) or exit 1' \\
                && open "connected to $SOCKET\""""),
          new EscapeCheck(
              FILES,
              "connects to the services of this machine by their sockets",
              """
              for socket in $(find /run /var/run/ -maxdepth 4 -type s 2>/dev/null | head -n 20) \\
                ${SSH_AUTH_SOCK:+"$SSH_AUTH_SOCK"}; do
                SERVICE=$socket code 'socket(S, 1, 1, 0) && connect(S, pack("Sa*x", 1, $ENV{SERVICE})) or exit 1' \\
                  && open "connected to $socket"
              done""",
              "there may be no such service"));

  private WritingEscapes() {}
}
