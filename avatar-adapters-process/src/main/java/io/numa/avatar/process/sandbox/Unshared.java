package io.numa.avatar.process.sandbox;

import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Sandboxes made by the programs of util-linux and a shell script, where bubblewrap is missing.
 * They take some ten milliseconds longer.
 *
 * @param program the path of {@code unshare}
 * @param outside the words around
 * @param leave the words that give up the rights that the script has
 */
record Unshared(String program, Outside outside, List<String> leave) implements Means {
  private static final List<String> NEEDED = List.of("mount", "umount", "pivot_root");

  private static final List<String> NAMESPACES =
      List.of(
          ("--user --map-root-user --mount --pid --fork --kill-child --ipc --uts --cgroup"
                  + " --propagation private")
              .split(" "));

  /**
   * Its arguments are mounts, each of three words, an empty word, the folder to start in, and the
   * command. The new root is mounted over a folder that is always there.
   *
   * <p>A mount that is bound keeps the flags that it had; the kernel refuses to clear them.
   */
  private static final String SCRIPT =
      """
      set -e
      path=$PATH PATH=/usr/sbin:/usr/bin:/sbin:/bin new=/proc/fs list=
      at() { if [ -d "$1" ]; then mkdir -p "$new$2"; else mkdir -p "$new${2%/*}"
        [ -e "$new$2" ] || : >"$new$2"; fi; }
      bind() { at "$1" "$2"; mount --rbind "$1" "$new$2"; }
      memory() { mkdir -p "$new$1"; mount -t tmpfs -o "nosuid,nodev,$2" sandbox "$new$1"; }
      mount -t tmpfs -o nosuid,nodev,mode=755 sandbox $new
      mkdir $new/proc $new/old
      mount -t proc -o nosuid,nodev,noexec proc $new/proc
      memory /dev mode=755
      for name in null zero full random urandom tty; do bind /dev/$name /dev/$name; done
      mkdir $new/dev/pts
      mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts $new/dev/pts
      ln -s pts/ptmx $new/dev/ptmx
      ln -s /proc/self/fd $new/dev/fd
      for name in in out err; do ln -s fd/$((i)) $new/dev/std$name; i=$((i + 1)); done
      memory /dev/shm size=268435456,mode=1777
      bind /proc/sys /proc/sys
      list="read /dev
      write /dev/shm
      write /dev/pts
      write /proc
      read /proc/sys
      "
      while [ "$1" ]; do
        case $1 in
          read|write) bind "$2" "$3" ;;
          memory) memory "$3" "size=$2,mode=1777" ;;
          link) mkdir -p "$new${3%/*}"; ln -s "$2" "$new$3" ;;
          folder) memory "$3" nr_inodes=1,mode=755 ;;
          file) mount --bind /dev/null "$new$3" ;;
        esac
        case $1 in write|memory) list="${list}write $3
      " ;; *) list="${list}read $3
      " ;; esac
        shift 3
      done
      shift
      mounts=$(cat /proc/self/mountinfo)
      while read -r id parent device root where options rest; do
        case $where in $new/old|$new/dev/[nzfrut]*) continue ;; $new/*) ;; *) continue ;; esac
        case $where in *\\\\*) where=$(printf %b "$where") ;; esac
        kind=
        while IFS= read -r line; do
          target=$new${line#* }
          [ "$line" ] || continue
          case $where in "$target"|"$target"/*) kind=${line%% *} ;; esac
        done <<-LIST
      $list
      LIST
        [ "$kind" = write ] || mount -o "remount,bind,ro${options#r[ow]}" "$where"
      done <<-MOUNTS
      $mounts
      MOUNTS
      if command -v hostname >/dev/null; then hostname sandbox; fi
      echo 1 >/proc/sys/user/max_user_namespaces || :
      cd $new
      pivot_root . old
      cd /
      umount -l /old
      rmdir /old
      mount -o remount,bind,ro,nosuid,nodev /
      cd "$1"
      shift
      PATH=$path exec "$@"
      """;

  Unshared {
    leave = List.copyOf(leave);
  }

  /** All that this machine may allow, the best first. */
  static Stream<Means> all(Tools tools) {
    if (NEEDED.stream().anyMatch(name -> tools.find(name).isEmpty())) {
      return Stream.empty();
    }
    List<String> privileges =
        tools.find("setpriv").stream()
            .flatMap(
                ignored -> Stream.of("/usr/bin/setpriv", "--no-new-privs", "--bounding-set=-all"))
            .toList();
    return tools.find("unshare").stream()
        .flatMap(
            program ->
                Outside.all(tools).stream()
                    .map(
                        outside ->
                            new Unshared(
                                program,
                                outside,
                                outside.helper().isPresent() ? List.of() : privileges)));
  }

  @Override
  public String word() {
    return "unshare";
  }

  @Override
  public boolean separate() {
    return true;
  }

  @Override
  public boolean hasHelper() {
    return outside.helper().isPresent();
  }

  @Override
  public Set<Guarantee> holds() {
    var holds = EnumSet.of(Guarantee.FILES, Guarantee.IPC, Guarantee.PROCESSES);
    holds.addAll(outside.holds());
    if (outside.helper().isPresent() || !leave.isEmpty()) {
      holds.add(Guarantee.PRIVILEGES);
    }
    return holds;
  }

  @Override
  public List<String> wrap(Walls walls, List<String> command) {
    var words = new ArrayList<>(outside.before(walls));
    words.add(program);
    words.addAll(NAMESPACES);
    if (outside.helper().isEmpty() && !(walls.network() instanceof Network.Machine)) {
      words.add("--net");
    }
    words.addAll(List.of("--", "/bin/sh", "-c", SCRIPT, "sandbox"));
    for (Mount mount : walls.mounts()) {
      requireOneLine(mount.target());
      words.addAll(words(mount));
    }
    outside
        .helper()
        .ifPresent(
            helper ->
                words.addAll(List.of("read", helper.file().toString(), Helper.INSIDE.toString())));
    words.addAll(List.of("", walls.directory().toString()));
    words.addAll(
        List.of(
            "/usr/bin/unshare",
            "--user",
            "--keep-caps",
            "--map-user=1000",
            "--map-group=1000",
            "--"));
    words.addAll(leave);
    words.addAll(outside.first(walls));
    words.addAll(command);
    return words;
  }

  /** The script takes lists apart by lines. */
  private static void requireOneLine(Path target) {
    if (target.toString().indexOf('\n') >= 0) {
      throw new PortException(
          FailureKind.SANDBOX_UNAVAILABLE,
          "could not show '" + target + "' to a sandbox: its name has a line's end");
    }
  }

  private static List<String> words(Mount mount) {
    String target = mount.target().toString();
    if (mount instanceof Mount.ReadOnly readable) {
      return List.of("read", readable.source().toString(), target);
    } else if (mount instanceof Mount.Writable writable) {
      return List.of("write", writable.source().toString(), target);
    } else if (mount instanceof Mount.Memory memory) {
      return List.of("memory", Long.toString(memory.bytes()), target);
    } else if (mount instanceof Mount.Link link) {
      return List.of("link", link.to(), target);
    } else if (mount instanceof Mount.EmptyFolder) {
      return List.of("folder", "-", target);
    }
    return List.of("file", "-", target);
  }
}
