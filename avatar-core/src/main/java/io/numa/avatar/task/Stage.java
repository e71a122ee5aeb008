package io.numa.avatar.task;

import java.util.Locale;

/** The stages of a task, in the order in which it enters them. */
public enum Stage {
  FETCH,
  PLAN,
  CLONE,
  /** The repository gets ready, such as by {@code npm ci}. */
  SETUP,
  DEVELOP,
  TEST,
  /** Another coding agent reviews the change. */
  REVIEW,
  COMMIT,
  PUSH,
  REPORT;

  /** The stage as logs and statuses spell it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
