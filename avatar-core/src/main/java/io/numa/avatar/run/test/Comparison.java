package io.numa.avatar.run.test;

import io.numa.avatar.task.BaselineComparison;
import io.numa.avatar.task.BaselineComparison.Names;
import io.numa.avatar.task.BaselineComparison.Unnamed;
import io.numa.avatar.task.TestReport.FailedTest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The failures of a run, compared with those of the base commit. Tests are identified by their
 * names. Of several failures with one name, as many count as old as the base commit has.
 */
public record Comparison(
    List<FailedTest> added, List<FailedTest> old, List<String> fixed, Optional<Unnamed> unnamed) {

  /** Below are the codes that programs themselves exit with. */
  private static final int FIRST_OF_THE_SHELL = 126;

  public static Comparison of(BaselineFailures base, Tests.Result now) {
    Map<String, Integer> left = new HashMap<>();
    base.names().forEach(name -> left.merge(name, 1, Integer::sum));
    var added = new ArrayList<FailedTest>();
    var old = new ArrayList<FailedTest>();
    var failing = new HashSet<String>();
    for (FailedTest test : now.results().failures()) {
      failing.add(test.name());
      (left.merge(test.name(), -1, Integer::sum) >= 0 ? old : added).add(test);
    }
    return new Comparison(
        added, old, fixed(base, now.results().passed(), failing), unnamed(base, now, added));
  }

  /**
   * Only tests that passed in this run: a test that failed on the base commit may not have run at
   * all.
   */
  private static List<String> fixed(
      BaselineFailures base, Set<String> passed, Set<String> failing) {
    return base.names().stream()
        .distinct()
        .filter(name -> passed.contains(name) && !failing.contains(name))
        .toList();
  }

  private static Optional<Unnamed> unnamed(
      BaselineFailures base, Tests.Result now, List<FailedTest> added) {
    boolean nothingNamed = now.results().failures().isEmpty();
    // If the command failed on the base commit as well, old failures explain why it fails now.
    boolean explained =
        !added.isEmpty() || (base.failed() && !nothingNamed && !diedAnew(base, now));
    if (now.exitCode() == 0 || explained) {
      return Optional.empty();
    }
    return Optional.of(base.doubtful() ? Unnamed.PRE_EXISTING : Unnamed.NEW);
  }

  /** Whether a signal ended the command, or a program was not found, unlike on the base commit. */
  private static boolean diedAnew(BaselineFailures base, Tests.Result now) {
    return now.exitCode() >= FIRST_OF_THE_SHELL && now.exitCode() != base.exitCode();
  }

  /**
   * Why the comparison says too little: something of the run is lost, or the run failed with old
   * failures and fewer tests than the base commit has, so that new failures may not have been
   * reached.
   */
  public Optional<String> doubt(BaselineFailures base, Tests.Result now) {
    if (!now.results().whole()) {
      return Optional.of(String.join("; ", now.results().lost()));
    }
    int ran = now.results().counts().run();
    return now.exitCode() != 0 && names().explainsAll() && ran < base.tests()
        ? Optional.of(ran + " tests ran, and " + base.tests() + " on the base commit")
        : Optional.empty();
  }

  public BaselineComparison names() {
    return new BaselineComparison(
        Names.of(added.stream().map(FailedTest::name).toList()),
        Names.of(fixed),
        Names.of(old.stream().map(FailedTest::name).toList()),
        unnamed);
  }

  public List<FailedTest> newFirst() {
    return Stream.concat(added.stream(), old.stream()).toList();
  }
}
