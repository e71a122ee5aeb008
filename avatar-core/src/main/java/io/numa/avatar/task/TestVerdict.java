package io.numa.avatar.task;

import java.util.Locale;

/** The result of a test run as a whole. */
public enum TestVerdict {
  /** The command succeeded. */
  PASSED,
  /** Tests failed, or the command failed and there are no reports. */
  FAILED,
  /**
   * The command failed, and no failed test is known: it could not be started, or no test failed, or
   * reports could not be read. This never counts as passed.
   */
  UNKNOWN;

  /** The word for it in statuses. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
