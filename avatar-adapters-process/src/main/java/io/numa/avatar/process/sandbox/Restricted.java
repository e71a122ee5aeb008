package io.numa.avatar.process.sandbox;

import io.numa.avatar.process.sandbox.settings.SandboxLimits;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What holds a process without namespaces of its own: no new rights, no capabilities, limits; and
 * the rules of Landlock for files. The avatar's own process control is around it.
 *
 * @param helper restricts; the system's programs are without it
 * @param system the words that start those
 * @param landlock whether files are restricted, too
 * @param contained whether the process control is a PID namespace
 */
record Restricted(Optional<Helper> helper, List<String> system, boolean landlock, boolean contained)
    implements Means {
  private static final List<String> DEVICES =
      Stream.of("null", "zero", "full", "random", "urandom", "tty", "ptmx", "pts", "fd")
          .map(name -> "/dev/" + name)
          .toList();

  Restricted {
    system = List.copyOf(system);
  }

  /** All that this machine may allow, the best first. */
  static Stream<Means> all(Tools tools, SandboxLimits limits, boolean contained) {
    Optional<Helper> helper = tools.helper().path().map(Helper::new);
    List<String> system = system(tools, limits);
    return helper.isPresent()
        ? Stream.of(
            new Restricted(helper, List.of(), true, contained),
            new Restricted(helper, List.of(), false, contained))
        : system.isEmpty()
            ? Stream.empty()
            : Stream.of(new Restricted(Optional.empty(), system, false, contained));
  }

  private static List<String> system(Tools tools, SandboxLimits limits) {
    var words = new ArrayList<String>();
    tools
        .find("prlimit")
        .ifPresent(
            program ->
                words.addAll(
                    List.of(
                        program,
                        "--data=" + limits.memory(),
                        "--fsize=" + limits.file(),
                        "--core=0")));
    tools.find("setpriv").ifPresent(program -> words.addAll(List.of(program, "--no-new-privs")));
    return words;
  }

  @Override
  public String word() {
    return landlock ? "landlock" : "process";
  }

  @Override
  public boolean separate() {
    return false;
  }

  @Override
  public boolean hasHelper() {
    return helper.isPresent();
  }

  @Override
  public Set<Guarantee> holds() {
    var holds = EnumSet.of(Guarantee.LIMITS);
    if (contained) {
      holds.add(Guarantee.PROCESSES);
    }
    if (helper.isPresent()) {
      holds.add(Guarantee.PRIVILEGES);
      if (!Tools.usedByRoot()) {
        holds.add(Guarantee.PROCESS_COUNT);
      }
    }
    if (landlock) {
      holds.addAll(EnumSet.of(Guarantee.FILES, Guarantee.SYSTEM_CALLS));
    }
    return holds;
  }

  @Override
  public List<String> wrap(Walls walls, List<String> command) {
    var words = new ArrayList<>(system);
    helper.ifPresent(program -> words.addAll(restricted(program, walls)));
    words.addAll(command);
    return words;
  }

  private List<String> restricted(Helper program, Walls walls) {
    var options = new ArrayList<>(Helper.join(walls));
    options.addAll(List.of("--init", "no", "--filter", landlock ? "isolated" : "none"));
    if (landlock) {
      options.addAll(List.of("--landlock", "scope", "--read", "/proc"));
      DEVICES.forEach(device -> options.addAll(List.of("--write", device)));
      walls.mounts().forEach(mount -> rule(mount, options));
    }
    return Helper.inner(program.file(), options, walls.limits());
  }

  private static void rule(Mount mount, List<String> options) {
    options.addAll(List.of("--execute-read", mount.target().toString()));
    if (mount instanceof Mount.Writable) {
      options.addAll(List.of("--write", mount.target().toString()));
    }
  }
}
