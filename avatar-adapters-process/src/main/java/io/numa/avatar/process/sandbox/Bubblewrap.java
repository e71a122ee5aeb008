package io.numa.avatar.process.sandbox;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Sandboxes made by bubblewrap, with our helper around it and inside of it. Without the helper, a
 * shell is the first process, nothing filters system calls, and there is no way to the network.
 *
 * @param program the path of {@code bwrap}
 * @param outside the words before it: those of the helper, or what this machine has in its place
 * @param variation what this machine allows
 */
record Bubblewrap(String program, Outside outside, Variation variation) implements Means {
  private static final List<String> NAMESPACES =
      List.of(
          "--unshare-user",
          "--unshare-pid",
          "--unshare-ipc",
          "--unshare-uts",
          "--unshare-cgroup-try",
          "--uid",
          "1000",
          "--gid",
          "1000",
          "--hostname",
          "sandbox",
          "--die-with-parent",
          "--new-session",
          "--as-pid-1",
          "--cap-drop",
          "ALL");

  /** Entries of {@code /proc} through which root could change the machine even without rights. */
  private static final List<String> UNCHANGEABLE =
      Stream.concat(
              Stream.of("/proc/sys"),
              byRoot("/proc/sysrq-trigger", "/proc/irq", "/proc/bus", "/proc/fs"))
          .filter(entry -> Files.exists(Path.of(entry)))
          .toList();

  private static final List<String> UNREADABLE =
      byRoot("/proc/kcore", "/proc/keys", "/proc/timer_list")
          .filter(entry -> Files.exists(Path.of(entry)))
          .toList();

  private static final long SHARED_MEMORY = 256L << 20;

  /**
   * What bubblewrap may do on this machine.
   *
   * @param disableUsers whether it can forbid user namespaces inside
   * @param mountProc whether it can mount a {@code /proc} of the sandbox's own; systemd's {@code
   *     ProtectKernelTunables} and containers that mask {@code /proc} prevent it
   */
  record Variation(boolean disableUsers, boolean mountProc) {
    /** The best first. */
    static final List<Variation> ALL =
        List.of(
            new Variation(true, true),
            new Variation(false, true),
            new Variation(true, false),
            new Variation(false, false));
  }

  /** All that this machine may allow, the best first. */
  static Stream<Means> all(Tools tools) {
    return tools.find("bwrap").stream()
        .flatMap(
            program ->
                Outside.all(tools).stream()
                    .flatMap(
                        outside ->
                            Variation.ALL.stream()
                                .map(variation -> new Bubblewrap(program, outside, variation))));
  }

  @Override
  public String word() {
    return "bubblewrap";
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
    var holds = EnumSet.of(Guarantee.FILES, Guarantee.IPC, Guarantee.PRIVILEGES);
    holds.addAll(outside.holds());
    if (variation.mountProc()) {
      holds.add(Guarantee.PROCESSES);
    }
    return holds;
  }

  @Override
  public List<String> wrap(Walls walls, List<String> command) {
    var words = new ArrayList<>(outside.before(walls));
    words.add(program);
    words.addAll(NAMESPACES);
    if (variation.disableUsers()) {
      words.add("--disable-userns");
    }
    if (outside.helper().isEmpty() && !(walls.network() instanceof Network.Machine)) {
      words.add("--unshare-net");
    }
    proc(words);
    words.addAll(List.of("--dev", "/dev", "--size", Long.toString(SHARED_MEMORY)));
    words.addAll(List.of("--perms", "1777", "--tmpfs", "/dev/shm", "--remount-ro", "/dev"));
    walls.mounts().forEach(mount -> words(mount, words));
    outside.helper().ifPresent(helper -> bind("--ro-bind", helper.file(), Helper.INSIDE, words));
    // bubblewrap makes the empty folder where a mount is to be, also for this one.
    words.addAll(List.of("--remount-ro", "/", "--chdir", walls.directory().toString(), "--"));
    words.addAll(outside.first(walls));
    words.addAll(command);
    return words;
  }

  private void proc(List<String> words) {
    if (!variation.mountProc()) {
      words.addAll(List.of("--ro-bind", "/proc", "/proc"));
      return;
    }
    words.addAll(List.of("--proc", "/proc"));
    UNCHANGEABLE.forEach(entry -> words.addAll(List.of("--ro-bind", entry, entry)));
    UNREADABLE.forEach(entry -> words.addAll(List.of("--ro-bind", "/dev/null", entry)));
  }

  /** What belongs to root matters only where the avatar is root. */
  private static Stream<String> byRoot(String... entries) {
    return Tools.usedByRoot() ? Stream.of(entries) : Stream.empty();
  }

  private static void words(Mount mount, List<String> words) {
    String target = mount.target().toString();
    if (mount instanceof Mount.ReadOnly readable) {
      bind("--ro-bind", readable.source(), readable.target(), words);
    } else if (mount instanceof Mount.Writable writable) {
      bind("--bind", writable.source(), writable.target(), words);
    } else if (mount instanceof Mount.Memory memory) {
      words.addAll(List.of("--size", Long.toString(memory.bytes()), "--perms", "1777"));
      words.addAll(List.of("--tmpfs", target));
    } else if (mount instanceof Mount.Link link) {
      words.addAll(List.of("--symlink", link.to(), target));
    } else if (mount instanceof Mount.EmptyFolder) {
      words.addAll(List.of("--tmpfs", target, "--remount-ro", target));
    } else {
      words.addAll(List.of("--ro-bind", "/dev/null", target));
    }
  }

  private static void bind(String option, Path source, Path target, List<String> words) {
    words.addAll(List.of(option, source.toString(), target.toString()));
  }
}
