package io.numa.avatar.process;

import java.util.Locale;

/** How surely everything that a command started is found and ended, the least sure level first. */
public enum ProcessControl {
  /**
   * By parentage. Processes whose parent ended before anybody looked are missed: on systems other
   * than Linux, nothing better can be had.
   */
  DESCENDANTS("by parentage; a process that left its parent at once may outlive its command"),

  /**
   * By a mark in the environment, which children inherit, and by parentage. Linux only. A process
   * that clears or overwrites its environment and leaves its parent at once is missed.
   */
  COOKIE("by a mark in their environment; a process that clears it may outlive its command"),

  /**
   * By a PID namespace of the command's own, which the kernel empties when its first process ends.
   * Nothing is missed. Linux only, as root or where user namespaces are allowed; in the latter case
   * a command cannot gain rights, as by {@code sudo}, and sees other users' files as nobody's.
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
