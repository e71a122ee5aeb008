package io.numa.avatar.operation;

import java.util.Locale;

/** What an avatar does as a whole. */
public enum RunState {
  /** Takes tasks. */
  RUNNING,
  /** Takes no tasks until the operator resumes it; the running ones continue. */
  PAUSED,
  /** Takes no more tasks, and ends after the running ones. */
  DRAINING,
  /** Has ended, though its process is still there. */
  STOPPED,
  /** No process runs; what is shown is read from its files. */
  NOT_RUNNING;

  /** The word in lower case, as commands and documents spell it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
