package io.numa.avatar.run.agent;

import io.numa.avatar.plan.TestPolicy.Dilution;
import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.run.test.OutputExcerpt;
import io.numa.avatar.run.text.ExitText;
import io.numa.avatar.run.text.TestSummary;
import io.numa.avatar.task.BaselineComparison;
import io.numa.avatar.task.TestReport;
import io.numa.avatar.task.TestReport.FailedTest;
import io.numa.avatar.task.agent.DilutedTests;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tells an agent of failed tests. */
public final class FailedTests {
  private static final int MAX_NAMED = 30;
  private static final int MAX_MESSAGE = 1_500;

  private FailedTests() {}

  /**
   * The setback of a change whose tests failed: the command, its exit code, the failed tests with
   * their messages, and an excerpt of the output. Of failures that the base commit has, too, only
   * their number is told.
   */
  public static Setback setback(TestReport report, OutputExcerpt output, StagedChange change) {
    List<FailedTest> failures = own(report);
    String text =
        "The tests failed.\n\nCommand: "
            + report.command()
            + "\nIt "
            + ExitText.of(report.exitCode())
            + "\n"
            + named(failures, report)
            + "\nOutput of the tests:\n\n"
            + AgentPrompts.fenced(output.toString(), "");
    return new Setback(text, signature(failures, report), Optional.of(change), Setback.Need.MUST);
  }

  /** The setback of a change that weakens tests, or may do so. */
  public static Setback weakened(TestReport report, StagedChange change, Dilution policy) {
    boolean weakened = report.diluted().filter(DilutedTests::weakened).isPresent();
    String text =
        TestSummary.ofDiluted(report)
            + (weakened
                ? "\nRestore what the tests checked before, and make it pass."
                : "\nIf that is right, leave it, and say why.");
    Setback.Need need =
        !weakened
            ? Setback.Need.ONCE
            : policy == Dilution.FAIL ? Setback.Need.MUST : Setback.Need.SHOULD;
    return new Setback(text, Set.of(text), Optional.of(change), need);
  }

  /** The failures that the base commit does not have; all of them without a comparison. */
  private static List<FailedTest> own(TestReport report) {
    if (report.baseline().isEmpty()) {
      return report.failures();
    }
    BaselineComparison names = report.baseline().get();
    int added = Math.min(names.added().count(), report.failures().size());
    return added > 0 ? report.failures().subList(0, added) : report.failures();
  }

  private static String named(List<FailedTest> failures, TestReport report) {
    if (failures.isEmpty()) {
      return "";
    }
    var text = new StringBuilder("\nFailed tests:\n");
    for (FailedTest test : failures.subList(0, Math.min(MAX_NAMED, failures.size()))) {
      text.append("- ").append(test.name()).append('\n').append(message(test));
    }
    int more = Math.max(failures.size(), report.counts().failing()) - MAX_NAMED;
    if (failures.size() >= MAX_NAMED && more > 0) {
      text.append("and ").append(more).append(" more\n");
    }
    report
        .baseline()
        .map(names -> names.preExisting().count())
        .filter(old -> old > 0)
        .ifPresent(old -> text.append("Before the change, ").append(old).append(" failed, too.\n"));
    return text.toString();
  }

  private static String message(FailedTest test) {
    String message = test.message().strip();
    String shown = message.substring(0, Math.min(MAX_MESSAGE, message.length()));
    return shown.isEmpty() ? "" : shown.indent(4);
  }

  private static Set<String> signature(List<FailedTest> failures, TestReport report) {
    Set<String> names = new LinkedHashSet<>();
    failures.forEach(test -> names.add(test.name()));
    if (names.isEmpty()) {
      names.add("exit " + report.exitCode());
      names.addAll(report.lastLines());
    }
    return names;
  }
}
