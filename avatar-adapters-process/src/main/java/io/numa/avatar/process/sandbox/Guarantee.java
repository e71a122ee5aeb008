package io.numa.avatar.process.sandbox;

import io.numa.avatar.task.sandbox.SandboxProfile;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** What a sandbox can guarantee. */
public enum Guarantee {
  /** No new privileges, and no capabilities. */
  PRIVILEGES(SandboxProfile.PROCESS, "no new privileges, no capabilities"),
  /** It sees and signals only its own processes, and none of them outlives it. */
  PROCESSES(
      SandboxProfile.PROCESS, "sees and signals only its own processes, and none outlives it"),
  /** The size of a file, and of {@code /tmp} where it is private. */
  LIMITS(SandboxProfile.PROCESS, "files and /tmp have a largest size"),
  /** It writes only to the tree, its HOME and {@code /tmp}, and sees nothing of the avatar. */
  FILES(
      SandboxProfile.ISOLATED,
      "writes only to the tree, its HOME and /tmp; nothing of the avatar is visible"),
  /** Shared memory, message queues and the host's name are its own. */
  IPC(SandboxProfile.ISOLATED, "shared memory, message queues and host name of its own"),
  /** The system calls that a build does not need are refused. */
  SYSTEM_CALLS(SandboxProfile.ISOLATED, "system calls that no build needs are refused"),
  /** It reaches no network but the one that its profile gives it. */
  NETWORK(SandboxProfile.OFFLINE, "no network but that of its profile"),
  /** Its loopback address and abstract sockets are its own. */
  LOOPBACK(SandboxProfile.OFFLINE, "loopback address and abstract sockets of its own"),
  /** It reaches the registries and the hosts that are allowed. */
  EGRESS(SandboxProfile.EGRESS, "reaches registries and allowed hosts, and nothing else"),
  /** All its processes together use no more memory than the limit; without it, each by itself. */
  MEMORY(SandboxProfile.PROCESS, "one limit of memory for all its processes"),
  /** There are no more processes than the limit. */
  PROCESS_COUNT(SandboxProfile.PROCESS, "one limit of the number of its processes");

  private final SandboxProfile from;
  private final String meaning;

  Guarantee(SandboxProfile from, String meaning) {
    this.from = from;
    this.meaning = meaning;
  }

  /** The word for it in what a report says is lacking. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What holds, for people. */
  public String meaning() {
    return meaning;
  }

  /** What a profile promises where nothing is lacking. */
  public static Set<Guarantee> promisedBy(SandboxProfile profile) {
    var promised = EnumSet.noneOf(Guarantee.class);
    for (var guarantee : values()) {
      if (guarantee.from.compareTo(profile) <= 0) {
        promised.add(guarantee);
      }
    }
    return promised;
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
      if (guarantee.from.compareTo(profile) <= 0 && !held.contains(guarantee)) {
        missing.add(guarantee);
      }
    }
    if (profile == SandboxProfile.ISOLATED) {
      missing.add(LOOPBACK);
    }
    return missing;
  }
}
