package io.numa.avatar.task;

import io.numa.avatar.plan.TestPolicy.FailOn;
import io.numa.avatar.task.agent.DilutedTests;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The result of one run of the project's tests.
 *
 * @param command as a person would type it
 * @param exitCode of the command; 0 means that it succeeded
 * @param counts summed over the reports that the run wrote; all zero without any
 * @param failures the failed tests, at most {@value #MAX_FAILURES}, in the order found, new ones
 *     first
 * @param baseline the comparison with the base commit, if its tests were run and nothing is lost
 * @param lost what could not be read of the results, a sentence each; empty if they are whole
 * @param lastLines the end of the command's output, at most {@value #MAX_LINES} lines; empty if the
 *     command succeeded or a report names a failed test
 * @param diluted how the base commit's versions of changed tests did, if they were run
 */
public record TestReport(
    String command,
    int exitCode,
    Counts counts,
    Duration duration,
    List<FailedTest> failures,
    Optional<BaselineComparison> baseline,
    List<String> lost,
    List<String> lastLines,
    Optional<DilutedTests> diluted) {

  /** More failures than this are counted, but not named. */
  public static final int MAX_FAILURES = 100;

  public static final int MAX_LINES = 10;

  /** The codes with which a shell says that it could not start a program. */
  private static final Set<Integer> NOT_STARTED = Set.of(126, 127);

  public TestReport {
    failures = List.copyOf(failures);
    lost = List.copyOf(lost);
    lastLines = List.copyOf(lastLines);
  }

  /** A report of whole results, without a comparison. */
  public TestReport(
      String command, int exitCode, Counts counts, Duration duration, List<FailedTest> failures) {
    this(
        command,
        exitCode,
        counts,
        duration,
        failures,
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty());
  }

  public TestReport withBaseline(Optional<BaselineComparison> comparison) {
    return new TestReport(
        command, exitCode, counts, duration, failures, comparison, lost, lastLines, diluted);
  }

  public TestReport withLost(List<String> sentences) {
    return new TestReport(
        command, exitCode, counts, duration, failures, baseline, sentences, lastLines, diluted);
  }

  public TestReport withLastLines(List<String> lines) {
    return new TestReport(
        command, exitCode, counts, duration, failures, baseline, lost, lines, diluted);
  }

  public TestReport withDiluted(DilutedTests tests) {
    return new TestReport(
        command,
        exitCode,
        counts,
        duration,
        failures,
        baseline,
        lost,
        lastLines,
        Optional.of(tests));
  }

  public boolean succeeded() {
    return exitCode == 0;
  }

  /**
   * Whether the shell could not start the command or a program in it, so that nothing was tested.
   */
  public boolean notStarted() {
    return saysNotStarted(exitCode) && counts.run() == 0;
  }

  /** Whether this is the exit code of a shell that could not start a program. */
  public static boolean saysNotStarted(int exitCode) {
    return NOT_STARTED.contains(exitCode);
  }

  public TestVerdict verdict() {
    if (succeeded()) {
      return TestVerdict.PASSED;
    }
    if (!failures.isEmpty() || counts.failing() > 0) {
      return TestVerdict.FAILED;
    }
    boolean onlyTheCommandSaysSo = counts.run() == 0 && lost.isEmpty() && !notStarted();
    return onlyTheCommandSaysSo ? TestVerdict.FAILED : TestVerdict.UNKNOWN;
  }

  /** Whether a task may continue with this result; {@code failOn} says which failures count. */
  public boolean passes(FailOn failOn) {
    boolean nothingNew =
        lost.isEmpty() && baseline.map(BaselineComparison::explainsAll).orElse(false);
    return verdict() == TestVerdict.PASSED
        || (verdict() == TestVerdict.FAILED && failOn == FailOn.NEW && nothingNew);
  }

  /**
   * How many tests there were.
   *
   * @param run all tests in the reports, including failed and skipped ones
   */
  public record Counts(int run, int failed, int errors, int skipped) {
    public static final Counts NONE = new Counts(0, 0, 0, 0);

    /** How many tests failed in one way or the other. */
    public int failing() {
      return failed + errors;
    }

    public Counts plus(Counts other) {
      return new Counts(
          run + other.run, failed + other.failed, errors + other.errors, skipped + other.skipped);
    }
  }

  /** One failed test and its message. */
  public record FailedTest(String name, String message) {}
}
