package io.numa.avatar.run.test.report;

import io.numa.avatar.task.TestReport;
import io.numa.avatar.task.TestReport.Counts;
import io.numa.avatar.task.TestReport.FailedTest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The results of a test run's tests.
 *
 * @param failures at most {@value #MAX_NAMES}, in the order of the files' paths; after the first
 *     {@link TestReport#MAX_FAILURES}, messages are cut short
 * @param passed those of the awaited tests that passed
 * @param lost what could not be read, a sentence each; empty if the results are whole
 */
public record TestResults(
    Counts counts, List<FailedTest> failures, Set<String> passed, List<String> lost) {
  static final int MAX_NAMES = 10_000;

  public static final TestResults NONE =
      new TestResults(Counts.NONE, List.of(), Set.of(), List.of());

  public TestResults {
    failures = List.copyOf(failures);
    passed = Set.copyOf(passed);
    lost = withUnnamed(lost, counts, failures);
  }

  private static List<String> withUnnamed(
      List<String> lost, Counts counts, List<FailedTest> failures) {
    int unnamed = counts.failed() + counts.errors() - failures.size();
    if (unnamed <= 0) {
      return List.copyOf(lost);
    }
    var all = new ArrayList<>(lost);
    all.add(unnamed + " failed tests are not named");
    return List.copyOf(all);
  }

  /** The sum of what was found in a command's output. */
  static TestResults ofOutput(List<Tally> tallies) {
    var counts = Counts.NONE;
    var failures = new ArrayList<FailedTest>();
    var passed = new HashSet<String>();
    var lost = new ArrayList<String>();
    for (Tally tally : tallies) {
      counts = counts.plus(tally.counts());
      failures.addAll(tally.failures());
      passed.addAll(tally.passed());
      tally.loss("the command's output").ifPresent(lost::add);
    }
    int kept = Math.min(MAX_NAMES, failures.size());
    return new TestResults(counts, failures.subList(0, kept), passed, lost);
  }

  /** Whether there is neither a test nor a loss. */
  public boolean isEmpty() {
    return counts.equals(Counts.NONE) && lost.isEmpty();
  }

  /** Whether nothing is lost, so that the results can be compared with others. */
  public boolean whole() {
    return lost.isEmpty();
  }
}
