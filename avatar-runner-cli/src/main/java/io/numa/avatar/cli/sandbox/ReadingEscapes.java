package io.numa.avatar.cli.sandbox;

import static io.numa.avatar.process.sandbox.Guarantee.FILES;
import static io.numa.avatar.process.sandbox.Guarantee.IPC;

import java.util.List;

/** Ways to read what is the avatar's or the machine's. */
final class ReadingEscapes {
  static final List<EscapeCheck> ALL =
      List.of(
          new EscapeCheck(
              FILES,
              "reads the avatar's configuration",
              """
              reads "$CONFIG\""""),
          new EscapeCheck(
              FILES,
              "reads the avatar's state, logs and workspace",
              """
              reads "$STATE/secret" "$LOGS/secret" "$WORKSPACE/secret\""""),
          new EscapeCheck(
              FILES,
              "reads the journal",
              """
              reads "$STATE/journal.db\""""),
          new EscapeCheck(
              FILES,
              "reads the token of the avatar's server",
              """
              reads "$STATE/server.token\""""),
          // Landlock holds files, but lets a process connect to a socket in any folder.
          new EscapeCheck(
              IPC,
              "sees the avatar's control socket",
              """
              [ -e "$STATE/control/socket" ] && open "saw it\""""),
          new EscapeCheck(
              FILES,
              "reads the log of another task",
              """
              reads "$LOGS/T-2/1.log\""""),
          new EscapeCheck(
              FILES,
              "reads the mirror of another repository",
              """
              reads "$WORKSPACE/mirrors/other/config\""""),
          new EscapeCheck(
              FILES,
              "reads the saved setup of another repository",
              """
              reads "$WORKSPACE/setups/other/secret\""""),
          new EscapeCheck(
              FILES,
              "reads the HOME of another repository",
              """
              reads "$WORKSPACE/sandboxes/homes/other/home/.gitconfig\""""),
          new EscapeCheck(
              FILES,
              "reads the tree of another task",
              """
              reads "$OTHER/secret\""""),
          new EscapeCheck(
              FILES,
              "reads the operator's HOME",
              """
              reads "$OPERATOR/.netrc" "$OPERATOR/.ssh/id" "$OPERATOR/.gitconfig\""""),
          new EscapeCheck(
              FILES,
              "reads the passwords of this machine",
              """
              [ -n "$(head -c 1 /etc/shadow 2>/dev/null)" ] && open "read /etc/shadow\"""",
              EscapeCheck.ONLY_ROOT),
          new EscapeCheck(
              FILES,
              "reads files through the folders of other processes",
              """
              for process in /proc/[0-9]*; do
                reads "$process/root$CONFIG"
                reads "$process/cwd/../../../../../../../../../../../..$CONFIG"
              done"""),
          new EscapeCheck(
              FILES,
              "reads a file through a link",
              """
              ln -s "$CONFIG" link && reads link"""),
          new EscapeCheck(
              FILES,
              "takes a file over by a hard link",
              """
              if ln "$CONFIG" taken 2>/dev/null; then
                reads taken
              fi"""),
          new EscapeCheck(
              FILES,
              "reads the devices of this machine",
              """
              for device in /dev/mem /dev/kmsg /dev/port /dev/[hsv]d[a-z] /dev/nvme0n1 /dev/dm-0; do
                (: <"$device") 2>/dev/null && open "opened $device"
              done""",
              "the devices may be closed to users"),
          new EscapeCheck(
              FILES,
              "reads the memory of the kernel",
              """
              (: </proc/kcore) 2>/dev/null && open "opened /proc/kcore\"""",
              "only root may do it, and the kernel may not offer it"));

  private ReadingEscapes() {}
}
