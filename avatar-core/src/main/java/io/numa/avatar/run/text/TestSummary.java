package io.numa.avatar.run.text;

import io.numa.avatar.task.BaselineComparison;
import io.numa.avatar.task.BaselineComparison.Unnamed;
import io.numa.avatar.task.TestReport;
import io.numa.avatar.task.TestReport.Counts;
import io.numa.avatar.task.TestReport.FailedTest;
import io.numa.avatar.task.TestVerdict;
import io.numa.avatar.task.agent.DilutedTests;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Describes the result of a test run in a few lines. */
public final class TestSummary {
  private static final int NAMED = 10;

  private TestSummary() {}

  /**
   * Such as {@code 'mvn test' exited with 1: 12 tests, 1 failed}, and the names of failed tests. If
   * no test failed, the last lines of the command's output.
   */
  public static String of(TestReport report) {
    String failures =
        report.failures().stream()
            .limit(NAMED)
            .map(test -> "\n  " + (isNew(test, report.baseline()) ? "new: " : "") + line(test))
            .collect(Collectors.joining());
    int unnamed = report.failures().size() > NAMED ? failed(report) - NAMED : 0;
    return headline(report)
        + report.lost().stream().map(line -> "\n  " + line).collect(Collectors.joining())
        + report.baseline().map(names -> "\n  against the base commit: " + of(names)).orElse("")
        + failures
        + (unnamed > 0 ? "\n  and " + unnamed + " more" : "")
        + lastLines(report);
  }

  /**
   * Such as {@code 2 tests fewer ran; with the base commit's versions of the tests that the change
   * touches, tests fail:}, and their names.
   *
   * @param report has {@link TestReport#diluted}
   */
  public static String ofDiluted(TestReport report) {
    DilutedTests diluted = report.diluted().orElseThrow();
    int fewer = diluted.fewer();
    String fewerText = fewer + (fewer == 1 ? " test fewer" : " tests fewer") + " ran";
    if (diluted.files().isEmpty()) {
      return fewerText + " than on the base commit";
    }
    String verdict =
        switch (diluted.verdict()) {
          case PASSED -> "all tests pass";
          case FAILED -> "tests fail:" + listed(diluted.failing());
          case NOT_BUILT -> "the tests could not be built or started";
        };
    return (fewer > 0 ? fewerText + "; " : "")
        + "with the base commit's versions of the tests that the change touches, "
        + verdict
        + "\n  touched:"
        + listed(diluted.files());
  }

  private static String listed(List<String> lines) {
    int more = lines.size() - NAMED;
    return lines.stream().limit(NAMED).map(line -> "\n  " + line).collect(Collectors.joining())
        + (more > 0 ? "\n  and " + more + " more" : "");
  }

  /** The result in one line. */
  private static String headline(TestReport report) {
    String command = "'" + report.command() + "'";
    if (report.succeeded()) {
      return report.counts().equals(Counts.NONE)
          ? "tested: " + command + " passed, no report was found"
          : command + " succeeded" + counts(report.counts());
    }
    if (report.notStarted()) {
      return command
          + " could not be started: "
          + ExitText.notStarted(report.exitCode(), report.lastLines());
    }
    return report.counts().run() > 0 && report.verdict() == TestVerdict.UNKNOWN
        ? "no test failed, the command "
            + ExitText.of(report.exitCode())
            + ": "
            + command
            + counts(report.counts()).replaceFirst(":", ",")
        : command + " " + ExitText.of(report.exitCode()) + counts(report.counts());
  }

  private static String lastLines(TestReport report) {
    return report.lastLines().isEmpty()
        ? ""
        : report.lastLines().stream()
            .map(line -> "\n    " + line)
            .collect(Collectors.joining("", "\n  the command's last lines:", ""));
  }

  /** Such as {@code 2 new failures, 1 fixed, 3 were there before}. */
  public static String of(BaselineComparison names) {
    var parts = new ArrayList<String>();
    parts.add(added(names));
    if (names.fixed().count() > 0) {
      parts.add(names.fixed().count() + " fixed");
    }
    int old = names.preExisting().count();
    if (old > 0) {
      parts.add(old + (old == 1 ? " was there before" : " were there before"));
    }
    return String.join(", ", parts);
  }

  private static String added(BaselineComparison names) {
    if (isUnnamed(names, Unnamed.NEW)) {
      return "1 new failure that no report names";
    }
    if (isUnnamed(names, Unnamed.PRE_EXISTING)) {
      return "1 failure that no report names, as before";
    }
    int added = names.added().count();
    return added == 0 ? "no new failures" : added + (added == 1 ? " new failure" : " new failures");
  }

  private static boolean isUnnamed(BaselineComparison names, Unnamed kind) {
    return names.unnamed().equals(Optional.of(kind));
  }

  /**
   * Whether a failure is new. New ones come first, and this text names fewer tests than the
   * comparison.
   */
  private static boolean isNew(FailedTest test, Optional<BaselineComparison> baseline) {
    return baseline.map(names -> names.added().first().contains(test.name())).orElse(false);
  }

  private static int failed(TestReport report) {
    return Math.max(report.failures().size(), report.counts().failed() + report.counts().errors());
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
    return test.name() + test.message().lines().findFirst().map(m -> ": " + m).orElse("");
  }
}
