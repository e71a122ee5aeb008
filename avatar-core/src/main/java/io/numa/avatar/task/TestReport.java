package io.numa.avatar.task;

import java.time.Duration;
import java.util.List;

/**
 * What one run of the project's tests gave.
 *
 * @param command as a person would type it
 * @param exitCode of the command; 0 means that it succeeded
 * @param counts summed over the JUnit-style reports that the run wrote; all zero without any
 * @param failures the failed tests, at most {@value #MAX_FAILURES}, in the order found
 */
public record TestReport(
    String command, int exitCode, Counts counts, Duration duration, List<FailedTest> failures) {

  /** More failures than this are counted, but not named. */
  public static final int MAX_FAILURES = 100;

  public TestReport {
    failures = List.copyOf(failures);
  }

  public boolean succeeded() {
    return exitCode == 0;
  }

  /**
   * Numbers of tests.
   *
   * @param run all that were found, failed and skipped ones too
   */
  public record Counts(int run, int failed, int errors, int skipped) {
    public static final Counts NONE = new Counts(0, 0, 0, 0);

    public Counts plus(Counts other) {
      return new Counts(
          run + other.run, failed + other.failed, errors + other.errors, skipped + other.skipped);
    }
  }

  /** One failed test and what it said. */
  public record FailedTest(String name, String message) {}
}
