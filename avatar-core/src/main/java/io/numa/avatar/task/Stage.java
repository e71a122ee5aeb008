package io.numa.avatar.task;

import java.util.Locale;

/** A part of a task's way from its message to its outcome, in the order they are entered. */
public enum Stage {
  FETCH,
  PLAN,
  CLONE,
  DEVELOP,
  TEST,
  COMMIT,
  PUSH,
  REPORT;

  /** The stage as logs and statuses spell it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
