package io.numa.avatar.cli.sandbox;

import java.util.ArrayList;
import java.util.List;

/**
 * This machine with some changes, and with a network that has nothing but addresses of its own;
 * both are seen by one process alone. Needs root.
 *
 * @param name for people
 * @param change a script that root runs before; in {@code $PLACE} is an empty folder for it. What
 *     it puts into {@code $enter} comes before the command
 */
record Machine(String name, String change) {
  static final Machine WHOLE = new Machine("whole", "");

  static final Machine WITHOUT_BUBBLEWRAP = new Machine("without bubblewrap", hide("bwrap"));

  static final Machine WITHOUT_NAMESPACE_TOOLS =
      new Machine("without bubblewrap and unshare", hide("bwrap") + hide("unshare"));

  /** What {@code ProtectSystem=strict} and {@code ProtectKernelTunables} of systemd do. */
  static final Machine IN_A_UNIT =
      new Machine("in a unit of systemd", readOnly("/usr", "/etc", "/root") + readOnlyKernel());

  /** What containers see of {@code /proc} by default. */
  static final Machine IN_A_CONTAINER =
      new Machine(
          "in a container",
          readOnlyKernel()
              + """
              for file in /proc/kcore /proc/keys /proc/timer_list /proc/sched_debug; do
                [ ! -e $file ] || mount --bind /dev/null $file
              done
              for folder in /proc/acpi /proc/scsi /sys/firmware; do
                [ ! -d $folder ] || mount -t tmpfs -o ro none $folder
              done
              """);

  static final Machine IN_A_CONTAINER_WITHOUT_BUBBLEWRAP =
      new Machine("in a container without bubblewrap", IN_A_CONTAINER.change() + hide("bwrap"));

  /** The kernel makes none in a changed root folder. */
  static final Machine WITHOUT_USER_NAMESPACES =
      new Machine("without user namespaces", "mount --rbind / $PLACE; enter=\"chroot $PLACE\"\n");

  static final Machine WITH_HIDDEN_PROCESSES =
      new Machine("with hidden processes", "mount -t proc -o hidepid=2 proc /proc\n");

  /** The helper cannot be started there. */
  static final Machine WITHOUT_PROGRAMS_IN_TMP =
      new Machine(
          "without programs in temporary folders",
          """
          mount -t tmpfs -o noexec,mode=1777 none $PLACE
          export JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=$PLACE
          """);

  static final List<Machine> ALL =
      List.of(
          WHOLE,
          WITHOUT_BUBBLEWRAP,
          WITHOUT_NAMESPACE_TOOLS,
          IN_A_UNIT,
          IN_A_CONTAINER,
          IN_A_CONTAINER_WITHOUT_BUBBLEWRAP,
          WITHOUT_USER_NAMESPACES,
          WITH_HIDDEN_PROCESSES,
          WITHOUT_PROGRAMS_IN_TMP);

  private static final String START =
      """
      set -e
      user=$1 change=$2; shift 2
      ip link set lo up
      for address in 169.254.169.254 10.9.8.7 203.0.113.9; do
        ip addr add $address/32 dev lo
      done
      ip link add card0 type veth peer name card1 2>/dev/null && ip link set card0 up \
        && ip link set card1 up && ip addr add 198.51.100.2/24 dev card0
      eval "$change"
      [ $user = 0 ] && exec $enter "$@"
      exec $enter setpriv --reuid $user --regid $user --clear-groups "$@"
      """;

  private static String hide(String program) {
    return "mount --bind /dev/null /usr/bin/" + program + "\n";
  }

  private static String readOnly(String... places) {
    return "for place in "
        + String.join(" ", places)
        + "; do\n"
        + "  [ ! -e $place ] || {\n"
        + "    mount --bind $place $place && mount -o remount,bind,ro $place\n"
        + "  }\n"
        + "done\n";
  }

  private static String readOnlyKernel() {
    return readOnly(
        "/proc/sys", "/proc/sysrq-trigger", "/proc/irq", "/proc/bus", "/proc/fs", "/sys");
  }

  /** The words that start a command there, as a user with that number. */
  List<String> words(int user, List<String> command) {
    var words = new ArrayList<>(List.of("unshare", "--net", "--mount", "/bin/sh", "-c", START));
    words.addAll(List.of("machine", String.valueOf(user), change));
    words.addAll(command);
    return words;
  }

  @Override
  public String toString() {
    return name;
  }
}
