package io.numa.avatar.run.test.report;

import io.numa.avatar.task.TestReport.Counts;
import java.util.Locale;
import java.util.Set;

/** The result of one test. */
enum CaseResult {
  PASSED,
  SKIPPED,
  FAILED,
  ERROR;

  private static final Set<String> FAILING =
      Set.of("failed", "failure", "fail", "timeout", "aborted", "broken");
  private static final Set<String> ERRORS = Set.of("error", "errored");
  private static final Set<String> NOT_RUN =
      Set.of(
          "skipped",
          "skip",
          "suppressed",
          "notrun",
          "not-run",
          "not_run",
          "notexecuted",
          "disabled",
          "ignored",
          "pending",
          "inconclusive",
          "notrunnable",
          "untested");

  /** The result that a report calls {@code word}; words that are unknown mean that it passed. */
  static CaseResult of(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    if (FAILING.contains(lower)) {
      return FAILED;
    }
    if (ERRORS.contains(lower)) {
      return ERROR;
    }
    return NOT_RUN.contains(lower) ? SKIPPED : PASSED;
  }

  boolean failing() {
    return this == FAILED || this == ERROR;
  }

  /** The worse of two results; this one if both are failures. */
  CaseResult or(CaseResult other) {
    return failing() || compareTo(other) >= 0 ? this : other;
  }

  Counts counts() {
    return switch (this) {
      case PASSED -> new Counts(1, 0, 0, 0);
      case SKIPPED -> new Counts(1, 0, 0, 1);
      case FAILED -> new Counts(1, 1, 0, 0);
      case ERROR -> new Counts(1, 0, 1, 0);
    };
  }
}
