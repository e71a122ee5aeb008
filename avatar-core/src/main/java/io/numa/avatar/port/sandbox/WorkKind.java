package io.numa.avatar.port.sandbox;

import java.util.Locale;

/** The kinds of work for which an operator may choose different sandboxes. */
public enum WorkKind {
  /** Commands of the plan, and the setup of a project. */
  RUN,
  /** The project's tests. */
  TEST,
  /** Coding agents, and all that they start. */
  AGENT;

  /** The kind as configuration and logs spell it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
