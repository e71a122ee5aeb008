package io.numa.avatar.task;

import io.numa.avatar.plan.TestPolicy.FailOn;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The result of one run of the project's tests.
 *
 * @param command as a person would type it
 * @param exitCode of the command; 0 means that it succeeded
 * @param counts summed over the JUnit-style reports that the run wrote; all zero without any
 * @param failures the failed tests, at most {@value #MAX_FAILURES}, in the order found, new ones
 *     first
 * @param baseline the comparison with the base commit, if its tests were run
 */
public record TestReport(
    String command,
    int exitCode,
    Counts counts,
    Duration duration,
    List<FailedTest> failures,
    Optional<BaselineComparison> baseline) {

  /** More failures than this are counted, but not named. */
  public static final int MAX_FAILURES = 100;

  public TestReport {
    failures = List.copyOf(failures);
  }

  /** A report without a comparison. */
  public TestReport(
      String command, int exitCode, Counts counts, Duration duration, List<FailedTest> failures) {
    this(command, exitCode, counts, duration, failures, Optional.empty());
  }

  public boolean succeeded() {
    return exitCode == 0;
  }

  /** Whether a task may continue with this result; {@code failOn} says which failures count. */
  public boolean passes(FailOn failOn) {
    boolean nothingNew = baseline.map(comparison -> !comparison.regressed()).orElse(false);
    return succeeded() || (failOn == FailOn.NEW && nothingNew);
  }

  /**
   * How many tests there were.
   *
   * @param run all tests in the reports, including failed and skipped ones
   */
  public record Counts(int run, int failed, int errors, int skipped) {
    public static final Counts NONE = new Counts(0, 0, 0, 0);

    public Counts plus(Counts other) {
      return new Counts(
          run + other.run, failed + other.failed, errors + other.errors, skipped + other.skipped);
    }
  }

  /** One failed test and its message. */
  public record FailedTest(String name, String message) {}
}
