package io.numa.avatar.task.sandbox;

import java.util.Locale;

/** What a sandbox holds, from nothing to everything; each profile holds what those before it do. */
public enum SandboxProfile {
  /** Nothing: commands run with the rights of the avatar. */
  OFF(0),
  /** No new privileges, no capabilities, a PID namespace, and limits of resources. */
  PROCESS(5),
  /**
   * Also only the tree, a HOME of its own and {@code /tmp} are writable, and nothing of the avatar
   * is visible.
   */
  ISOLATED(8),
  /** Also a network that holds nothing. */
  OFFLINE(10),
  /** Isolated, with a network that holds only the avatar's proxy. */
  EGRESS(11);

  private final int guarantees;

  SandboxProfile(int guarantees) {
    this.guarantees = guarantees;
  }

  /** Whether it holds all that the other one does. */
  public boolean isAtLeast(SandboxProfile other) {
    return compareTo(other) >= 0;
  }

  /** How many guarantees it makes; a report names those that are lacking, one by one. */
  int guarantees() {
    return guarantees;
  }

  /** The profile as configuration, logs and statuses spell it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
