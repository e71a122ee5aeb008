package io.numa.avatar.cli.sandbox;

import static io.numa.avatar.process.sandbox.Guarantee.FILES;
import static io.numa.avatar.process.sandbox.Guarantee.LIMITS;
import static io.numa.avatar.process.sandbox.Guarantee.LOOPBACK;
import static io.numa.avatar.process.sandbox.Guarantee.PRIVILEGES;
import static io.numa.avatar.process.sandbox.Guarantee.PROCESSES;

import java.util.List;

/** The catalogue of the ways out of a sandbox. */
public final class EscapeChecks {
  /** All checks, in the order in which they are tried. */
  public static final List<EscapeCheck> ALL =
      List.of(
          new EscapeCheck(
              FILES,
              "reads the avatar's configuration",
              "grep -q \"$MARK\" \"$CONFIG\" 2>/dev/null && open \"read $CONFIG\""),
          new EscapeCheck(
              FILES,
              "reads the avatar's state, logs and workspace",
              """
              for place in "$STATE" "$LOGS" "$WORKSPACE"; do
                grep -q "$MARK" "$place/secret" 2>/dev/null && open "read $place"
              done"""),
          new EscapeCheck(
              FILES,
              "reads the operator's HOME",
              """
              for place in .netrc .ssh/id; do
                grep -q "$MARK" "$OPERATOR/$place" 2>/dev/null && open "read $place"
              done"""),
          new EscapeCheck(
              FILES,
              "changes the tree of another task",
              "echo changed 2>/dev/null >\"$OTHER/secret\""),
          new EscapeCheck(
              FILES,
              "writes to the system",
              """
              for place in / /usr /usr/bin /etc /var /opt /root /boot; do
                file="$place/avatar-escape-check"
                if (: >"$file") 2>/dev/null; then
                  rm -f "$file"
                  mount=$(stat -f -c %T "$place" 2>/dev/null)
                  [ "$mount" = tmpfs ] || open "wrote to $place"
                fi
              done"""),
          new EscapeCheck(
              PROCESSES,
              "sees the avatar's process",
              """
              [ "$(cat "/proc/$HOST_PID/comm" 2>/dev/null)" = "$HOST_NAME" ] \\
                && open "process $HOST_PID is visible\""""),
          new EscapeCheck(
              PROCESSES,
              "leaves a process behind",
              """
              command -v setsid >/dev/null || skip "there is no setsid"
              setsid sh -c 'sleep 20; :' "$MARK" </dev/null >/dev/null 2>&1 &"""),
          new EscapeCheck(
              PRIVILEGES,
              "has a capability, or can get one",
              """
              [ -r /proc/self/status ] || skip "there is no /proc"
              while read -r key value; do
                case "$key" in
                  CapInh:|CapPrm:|CapEff:|CapBnd:|CapAmb:)
                    case "$value" in *[!0]*) open "$key $value" ;; esac ;;
                  NoNewPrivs:) [ "$value" = 1 ] || open "new privileges are allowed" ;;
                esac
              done </proc/self/status"""),
          new EscapeCheck(
              LIMITS,
              "writes files of any size",
              "[ \"$(ulimit -f)\" = unlimited ] && open \"there is no limit\""),
          new EscapeCheck(
              LOOPBACK,
              "reaches a port of this machine",
              """
              command -v bash >/dev/null || skip "there is no bash"
              bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$HOST_PORT"' 2>/dev/null"""));

  private EscapeChecks() {}
}
