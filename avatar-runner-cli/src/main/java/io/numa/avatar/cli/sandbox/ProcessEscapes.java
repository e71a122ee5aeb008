package io.numa.avatar.cli.sandbox;

import static io.numa.avatar.process.sandbox.Guarantee.IPC;
import static io.numa.avatar.process.sandbox.Guarantee.PROCESSES;

import java.util.List;

/** Ways to other processes. */
final class ProcessEscapes {
  static final List<EscapeCheck> ALL =
      List.of(
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
              setsid sh -c ': >begun; sleep 20; :' "$MARK" </dev/null >/dev/null 2>&1 &
              awaits begun"""),
          new EscapeCheck(
              PROCESSES,
              "leaves a process behind that heeds no signals",
              """
              command -v setsid >/dev/null || skip "there is no setsid"
              (setsid sh -c 'trap "" TERM HUP INT QUIT; : >heedless; sleep 20; :' "$MARK" </dev/null >/dev/null 2>&1 &) &
              awaits heedless"""),
          new EscapeCheck(
              PROCESSES,
              "sends a signal to the avatar",
              """
              kill -0 "$HOST_PID" 2>/dev/null && open "it can be reached\""""),
          new EscapeCheck(
              PROCESSES,
              "ends a process of another task",
              """
              kill -9 "$VICTIM" 2>/dev/null && open "ended it\""""),
          new EscapeCheck(
              PROCESSES,
              "reads the avatar's variables",
              """
              [ -n "$(tr -d '\\000' <"/proc/$HOST_PID/environ" | head -c 9)" ] 2>/dev/null \\
                && open "read them\""""),
          new EscapeCheck(
              PROCESSES,
              "opens the avatar's memory",
              """
              (: <"/proc/$HOST_PID/mem") 2>/dev/null && open "opened it\""""),
          new EscapeCheck(
              PROCESSES,
              "reads the avatar's open files",
              """
              [ -n "$(readlink "/proc/$HOST_PID/fd/1" 2>/dev/null)" ] && open "saw them\""""),
          new EscapeCheck(
              PROCESSES,
              "makes the avatar the first to end when memory is short",
              """
              file=/proc/$HOST_PID/oom_score_adj
              score=$(cat "$file" 2>/dev/null) && (echo "$score" >"$file") 2>/dev/null && open "wrote to $file\""""),
          new EscapeCheck(
              PROCESSES,
              "changes the limits of the avatar",
              """
              command -v prlimit >/dev/null || skip "there is no prlimit"
              [ "$HOST_PID" = 1 ] && skip "the avatar has the number of the sandbox's own first process"
              prlimit --pid "$HOST_PID" --core >/dev/null 2>&1 && open "it could\""""),
          new EscapeCheck(
              PROCESSES,
              "changes the priority of another task",
              """
              command -v renice >/dev/null || skip "there is no renice"
              renice -n 19 -p "$VICTIM" >/dev/null 2>&1 && open "it could\""""),
          new EscapeCheck(
              PROCESSES,
              "debugs a process of another task",
              """
              call 101 117 '0x4206, 0 + $ENV{VICTIM}, 0, 0' && open "attached to it\""""),
          new EscapeCheck(
              PROCESSES,
              "takes an open file of another task",
              """
              call 438 438 'syscall(434, 0 + $ENV{VICTIM}, 0), 0, 0' && open "took one\""""),
          new EscapeCheck(
              IPC,
              "sees the name of this machine",
              """
              [ "$(readlink /proc/self/ns/uts)" = "$HOST_UTS" ] && open "$(uname -n)\""""),
          new EscapeCheck(
              IPC,
              "shares memory and message queues with this machine",
              """
              [ "$(readlink /proc/self/ns/ipc)" = "$HOST_IPC" ] && open "they are the machine's\""""));

  private ProcessEscapes() {}
}
