package io.numa.avatar.process;

import static io.numa.avatar.task.FailureKind.DENIED;

import io.numa.avatar.port.PortException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A way to start a command in a mount namespace of its own, in which empty folders and files are
 * mounted over the paths to hide.
 *
 * <p>The command starts only after a shell has found every hidden path empty. The shell then prints
 * one line, which {@link #await} takes out of the command's output.
 *
 * <p>This keeps programs from loading files by themselves. It is no wall against hostile ones: Git
 * still has the content of committed files, and root may unmount. Where the avatar does not run as
 * root, the kernel refuses to unmount, as the command's user namespace does not own the mounts.
 */
sealed interface Hiding {
  /** The folder that holds the empty file until it is mounted over others. It is always there. */
  String PLACE = "/proc/fs";

  /** Mounts by the lines of a file, so that thousands of mounts need one process. */
  String MOUNT =
      """
      mount=$1 umount=$2 place=$3
      shift 3
      lines() { while [ "$1" ]; do printf '%s\\n' "$1"; shift; done; }
      "$mount" -t tmpfs hidden "$place" || exit
      : >"$place/file"
      lines "$@" >"$place/fstab"
      "$mount" -a -T "$place/fstab" || exit
      "$umount" "$place" || exit
      while [ "$1" ]; do shift; done
      shift
      """;

  /** The words before the first empty one are paths that must be empty; the others the command. */
  String VERIFY =
      """
      empty() {
        [ -d "$1" ] || [ ! -s "$1" ] || return
        for entry in "$1"/* "$1"/.[!.]* "$1"/..?*; do
          [ ! -e "$entry" ] && [ ! -L "$entry" ] || return
        done
      }
      while [ "$1" ]; do
        empty "$1" || { echo "'$1' is not empty" >&2; exit 1; }
        shift
      done
      shift
      echo
      exec "$@"
      """;

  /** A command that starts {@code command} in {@code containment}, and hides paths from it. */
  List<String> wrap(HiddenPaths paths, Containment containment, List<String> command);

  /**
   * The first way that works with {@code containment} on this system; takes some ten milliseconds.
   *
   * @param tools the folders where the programs are that mount
   */
  static Optional<Hiding> working(Containment containment, List<Path> tools) {
    return ways(containment, tools).filter(way -> way.works(containment)).findFirst();
  }

  static Stream<Hiding> ways(Containment containment, List<Path> tools) {
    var mounts =
        Containment.tool("unshare", tools)
            .flatMap(
                unshare ->
                    Containment.tool("mount", tools)
                        .flatMap(
                            mount ->
                                Containment.tool("umount", tools)
                                    .flatMap(umount -> mounting(unshare, mount, umount))));
    var wrapped =
        containment.wrapped() ? Stream.of(new ByBubblewrap()) : Stream.<ByBubblewrap>empty();
    return Stream.concat(mounts, wrapped);
  }

  /**
   * Only root may mount. Other users become root in a user namespace, and leave it for a namespace
   * inside it in which they have their own number again.
   */
  private static Stream<ByMounts> mounting(String unshare, String mount, String umount) {
    return Stream.of(
        new ByMounts(List.of(unshare, "--mount", "--"), List.of(), mount, umount),
        new ByMounts(
            List.of(unshare, "--user", "--map-root-user", "--mount", "--"),
            List.of(unshare, "--user", "--map-user=" + id("uid"), "--map-group=" + id("gid"), "--"),
            mount,
            umount));
  }

  /** The number of this process's user or group. */
  private static String id(String kind) {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:" + kind).toString();
    } catch (IOException | UnsupportedOperationException e) {
      return "unknown";
    }
  }

  /** Really hides a folder and a file, from a shell that ends at once. */
  default boolean works(Containment containment) {
    var file = Path.of("/etc/passwd");
    var folder = Path.of("/var");
    var paths = new HiddenPaths(List.of(file, folder), List.of(folder), List.of(file));
    var probe = List.of("/bin/sh", "-c", Containment.PROBE);
    return Containment.works(wrap(paths, containment, probe));
  }

  /**
   * Waits until the paths are hidden.
   *
   * @param program the command's program, for the message
   * @throws PortException of kind {@code DENIED} if they cannot be hidden
   */
  static void await(Process process, String program) {
    FirstLine.await(process)
        .ifPresent(
            reason -> {
              throw denied(program, reason);
            });
  }

  static PortException denied(String program, String reason) {
    return new PortException(DENIED, "could not hide paths from '" + program + "': " + reason);
  }

  /**
   * By the system's own programs.
   *
   * @param enter the words that make a mount namespace in which {@code mount} is allowed
   * @param leave the words that give up the rights gained by that
   */
  record ByMounts(List<String> enter, List<String> leave, String mount, String umount)
      implements Hiding {
    @Override
    public List<String> wrap(HiddenPaths paths, Containment containment, List<String> command) {
      return Stream.of(
              enter.stream(),
              Stream.of("/bin/sh", "-c", MOUNT + VERIFY, "hide", mount, umount, PLACE),
              paths.folders().stream().map(ByMounts::emptyFolder),
              paths.files().stream().map(ByMounts::emptyFile),
              Stream.of(""),
              paths.names(),
              Stream.of(""),
              leave.stream(),
              containment.wrap(command).stream())
          .flatMap(words -> words)
          .toList();
    }

    private static String emptyFolder(Path folder) {
      return "none " + escaped(folder) + " tmpfs ro,nr_inodes=1,mode=755 0 0";
    }

    private static String emptyFile(Path file) {
      return PLACE + "/file " + escaped(file) + " none bind,ro 0 0";
    }

    /** A path as a field of a line in {@code /etc/fstab}. */
    private static String escaped(Path path) {
      var text = new StringBuilder();
      path.toString()
          .chars()
          .forEach(
              c -> {
                if (c > 0x7f || Character.isLetterOrDigit(c) || "/._-".indexOf(c) >= 0) {
                  text.append((char) c);
                } else {
                  text.append("\\").append(Integer.toOctalString(01000 + c), 1, 4);
                }
              });
      return text.toString();
    }
  }

  /** By bubblewrap, where it makes the PID namespace. Hidden files are {@code /dev/null} then. */
  record ByBubblewrap() implements Hiding {
    @Override
    public List<String> wrap(HiddenPaths paths, Containment containment, List<String> command) {
      return Stream.of(
              containment.enter().stream(),
              paths.folders().stream()
                  .map(Path::toString)
                  .flatMap(folder -> Stream.of("--tmpfs", folder, "--remount-ro", folder)),
              paths.files().stream()
                  .map(Path::toString)
                  .flatMap(file -> Stream.of("--ro-bind", "/dev/null", file)),
              Stream.of("--", "/bin/sh", "-c", VERIFY, "verify"),
              paths.names(),
              Stream.of(""),
              containment.first().stream(),
              command.stream())
          .flatMap(words -> words)
          .toList();
    }
  }
}
