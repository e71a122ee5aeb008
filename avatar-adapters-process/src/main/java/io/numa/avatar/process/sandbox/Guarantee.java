package io.numa.avatar.process.sandbox;

import io.numa.avatar.task.sandbox.SandboxProfile;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** What a sandbox can guarantee. */
enum Guarantee {
  /** No new privileges, and no capabilities. */
  PRIVILEGES(SandboxProfile.PROCESS),
  /** It sees and signals only its own processes, and none of them outlives it. */
  PROCESSES(SandboxProfile.PROCESS),
  /** The size of a file, and of {@code /tmp} where it is private. */
  LIMITS(SandboxProfile.PROCESS),
  /** It writes only to the tree, its HOME and {@code /tmp}, and sees nothing of the avatar. */
  FILES(SandboxProfile.ISOLATED),
  /** Shared memory, message queues and the host's name are its own. */
  IPC(SandboxProfile.ISOLATED),
  /** The system calls that a build does not need are refused. */
  SYSTEM_CALLS(SandboxProfile.ISOLATED),
  /** It reaches no network but the one that its profile gives it. */
  NETWORK(SandboxProfile.OFFLINE),
  /** Its loopback address and abstract sockets are its own. */
  LOOPBACK(SandboxProfile.OFFLINE),
  /** It reaches the registries and the hosts that are allowed. */
  EGRESS(SandboxProfile.EGRESS),
  /** All its processes together use no more memory than the limit; without it, each by itself. */
  MEMORY(SandboxProfile.PROCESS),
  /** There are no more processes than the limit. */
  PROCESS_COUNT(SandboxProfile.PROCESS);

  private final SandboxProfile from;

  Guarantee(SandboxProfile from) {
    this.from = from;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Whether a profile has to hold this, so that it is met. The limits of memory and of processes
   * need a cgroup, which few machines give to a service, so a profile is met without them.
   */
  private boolean neededBy(SandboxProfile profile) {
    return this != MEMORY && this != PROCESS_COUNT && from.compareTo(profile) <= 0;
  }

  /** Whether all that a profile needs is held. */
  static boolean met(SandboxProfile profile, Set<Guarantee> held) {
    return Stream.of(values()).filter(needed -> needed.neededBy(profile)).allMatch(held::contains);
  }

  /**
   * Those of a profile that are missing. {@code ISOLATED} has the machine's network, so what it
   * leaves open there is told as {@link #LOOPBACK}.
   */
  static Set<Guarantee> missing(SandboxProfile profile, Set<Guarantee> held) {
    var missing = EnumSet.noneOf(Guarantee.class);
    for (var guarantee : values()) {
      boolean promised =
          guarantee.from.compareTo(profile) <= 0
              || (guarantee == LOOPBACK && profile == SandboxProfile.ISOLATED);
      if (promised && !held.contains(guarantee)) {
        missing.add(guarantee);
      }
    }
    return missing;
  }
}
