package io.numa.avatar.process;

import java.util.Locale;

/** How surely the avatar finds and ends all that a command started, the least sure level first. */
public enum ProcessControl {
  /**
   * By parentage. Misses processes whose parent ended before the avatar looked. Systems other than
   * Linux have nothing better.
   */
  DESCENDANTS("by parentage; a process that left its parent at once may outlive its command"),

  /**
   * By a mark in the environment, which children inherit, and by parentage. Linux only. Misses a
   * process that clears or overwrites its environment and leaves its parent at once.
   */
  COOKIE("by a mark in their environment; a process that clears it may outlive its command"),

  /**
   * By a PID namespace of the command's own, which the kernel empties when its first process ends.
   * Misses nothing. Linux only, as root or where user namespaces are allowed; in the latter case a
   * command cannot gain rights, as by {@code sudo}, and sees other users' files as those of the
   * user {@code nobody}.
   */
  PID_NAMESPACE("by a PID namespace; nothing outlives its command");

  private final String description;

  ProcessControl(String description) {
    this.description = description;
  }

  /** The level as logs and statuses spell it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Says for people how processes are found, and what that means. */
  public String description() {
    return description;
  }
}
