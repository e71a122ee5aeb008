package io.numa.avatar.task;

import java.util.Locale;

/** What came of one step of a plan. */
public enum StepOutcome {
  /** It did what it says. */
  APPLIED,
  /** The tree was so already, or was only looked at. */
  NO_CHANGE,
  /** The tree is not as the step expects it. */
  CONFLICT,
  /** The step makes no sense, whatever the tree. */
  INVALID,
  /** It would have reached where no step may go. */
  DENIED,
  /** Its command failed, or something it needs is missing. */
  FAILED,
  /** It outlasted its time. */
  TIMEOUT,
  /** Somebody stopped it. */
  CANCELLED;

  /** The outcome as logs and statuses spell it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The outcome for people. */
  public String text() {
    return word().replace('_', ' ');
  }
}
