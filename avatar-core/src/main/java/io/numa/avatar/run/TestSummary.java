package io.numa.avatar.run;

import io.numa.avatar.task.TestReport;
import io.numa.avatar.task.TestReport.Counts;
import io.numa.avatar.task.TestReport.FailedTest;
import java.util.stream.Collectors;

/** What a run of tests gave, in a few lines. */
public final class TestSummary {
  private static final int NAMED = 10;

  private TestSummary() {}

  /** Such as {@code 'mvn test' exited with 1: 12 tests, 1 failed}, and the failed ones by name. */
  public static String of(TestReport report) {
    String result =
        report.succeeded()
            ? "'" + report.command() + "' succeeded"
            : "'" + report.command() + "' exited with " + report.exitCode();
    String failures =
        report.failures().stream()
            .limit(NAMED)
            .map(TestSummary::line)
            .collect(Collectors.joining());
    int unnamed = report.failures().size() - NAMED;
    return result
        + counts(report.counts())
        + failures
        + (unnamed > 0 ? "\n  and " + unnamed + " more" : "");
  }

  private static String counts(Counts counts) {
    if (counts.equals(Counts.NONE)) {
      return "";
    }
    return ": "
        + counts.run()
        + (counts.run() == 1 ? " test" : " tests")
        + part(counts.failed(), "failed")
        + part(counts.errors(), "with errors")
        + part(counts.skipped(), "skipped");
  }

  private static String part(int count, String what) {
    return count == 0 ? "" : ", " + count + " " + what;
  }

  private static String line(FailedTest test) {
    return "\n  " + test.name() + test.message().lines().findFirst().map(m -> ": " + m).orElse("");
  }
}
