package io.numa.avatar.process;

import java.util.Locale;

/**
 * How reliably the avatar finds and ends all processes that a command started. The weakest level
 * comes first.
 */
public enum ProcessControl {
  /**
   * By parentage. Misses processes whose parent ended before the avatar looked. The best level on
   * systems other than Linux.
   */
  DESCENDANTS("by parentage; a process that left its parent at once may outlive its command"),

  /**
   * By a mark in the environment, which child processes inherit, and by parentage. Linux only.
   * Misses a process that clears or overwrites its environment and loses its parent at once.
   */
  COOKIE("by a mark in their environment; a process that clears it may outlive its command"),

  /**
   * By a separate PID namespace for each command; the kernel kills all its processes when the first
   * one ends. Misses nothing. Linux only, as root or where user namespaces are allowed. In a user
   * namespace, a command cannot gain rights, such as by {@code sudo}, and sees other users' files
   * as those of the user {@code nobody}.
   */
  PID_NAMESPACE("by a PID namespace; nothing outlives its command");

  private final String description;

  ProcessControl(String description) {
    this.description = description;
  }

  /** The level's word in logs and statuses. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Describes for the operator how processes are found, and what the level may miss. */
  public String description() {
    return description;
  }
}
