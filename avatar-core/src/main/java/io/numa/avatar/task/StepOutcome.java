package io.numa.avatar.task;

import java.util.Locale;

/** The outcome of one step of a plan. */
public enum StepOutcome {
  /** The step changed the tree. */
  APPLIED,
  /** The tree was already as the step requires, or the step only reads. */
  NO_CHANGE,
  /** The tree is not as the step expects. */
  CONFLICT,
  /** The step is wrong for every tree. */
  INVALID,
  /** The step would leave the workspace, or change a protected path. */
  DENIED,
  /** The step's command failed, or something that the step needs is missing. */
  FAILED,
  /** The step exceeded its time limit. */
  TIMEOUT,
  /** The task was cancelled. */
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
