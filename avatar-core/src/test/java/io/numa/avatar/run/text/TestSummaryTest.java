package io.numa.avatar.run.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.task.BaselineComparison;
import io.numa.avatar.task.BaselineComparison.Names;
import io.numa.avatar.task.BaselineComparison.Unnamed;
import io.numa.avatar.task.TestReport;
import io.numa.avatar.task.TestReport.Counts;
import io.numa.avatar.task.TestReport.FailedTest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestSummaryTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 |  0 | 0 | 0 | 0 | tested: 'make' passed, no report was found",
        "2 |  0 | 0 | 0 | 0 | 'make' exited with 2",
        "0 |  1 | 0 | 0 | 0 | 'make' succeeded: 1 test",
        "0 | 12 | 0 | 0 | 3 | 'make' succeeded: 12 tests, 3 skipped",
        "1 |  9 | 0 | 0 | 1 | no test failed, the command exited with 1: 'make', 9 tests, 1 skipped",
        "137 | 0 | 0 | 0 | 0 | 'make' exited with 137: killed (SIGKILL), often because memory ran out",
        "139 | 3 | 1 | 0 | 0 | 'make' exited with 139: crashed (SIGSEGV): 3 tests, 1 failed",
        "127 |  0 | 0 | 0 | 0 | 'make' could not be started: a program was not found",
        "1 | 12 | 1 | 2 | 3 | 'make' exited with 1: 12 tests, 1 failed, 2 with errors, 3 skipped",
      },
      quoteCharacter = '"')
  void saysHowTheCommandEndedAndWhatWasCounted(
      int exitCode, int run, int failed, int errors, int skipped, String summary) {
    var counts = new Counts(run, failed, errors, skipped);

    assertThat(TestSummary.of(report(exitCode, counts, List.of()))).isEqualTo(summary);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "127 | /bin/sh: 1: pnpm: not found | `pnpm` not found",
        "127 | sh: pnpm: not found | `pnpm` not found",
        "127 | bash: line 1: pnpm: command not found | `pnpm` not found",
        "127 | /bin/sh: line 3: ./gradlew: No such file or directory | `./gradlew` not found",
        "127 | zsh:1: command not found: pnpm | `pnpm` not found",
        "127 | env: ‘node’: No such file or directory | `node` not found",
        "127 | /usr/bin/env: 'python': No such file or directory | `python` not found",
        "126 | /bin/sh: 1: ./gradlew: Permission denied | `./gradlew` may not be executed",
        "126 | bash: ./mvnw: Permission denied | `./mvnw` may not be executed",
        "126 | Killed | a program may not be executed",
        "127 | something: else: not found | a program was not found",
      })
  void saysWhichProgramCouldNotBeStarted(int exitCode, String line, String reason) {
    var report = report(exitCode, Counts.NONE, List.of()).withLastLines(List.of("$", line, "end"));

    assertThat(TestSummary.of(report))
        .startsWith("'make' could not be started: " + reason + "\n")
        .endsWith("\n  the command's last lines:\n    $\n    " + line + "\n    end");
  }

  @Test
  void namesFailuresWithTheFirstLineOfTheirMessages() {
    var failures =
        List.of(new FailedTest("A.one", "expected 1\n  at A.java:3"), new FailedTest("A.two", ""));

    assertThat(TestSummary.of(report(1, new Counts(2, 2, 0, 0), failures)))
        .isEqualTo("'make' exited with 1: 2 tests, 2 failed\n  A.one: expected 1\n  A.two");
  }

  @Test
  void namesTenFailuresAndCountsTheRest() {
    var failures = IntStream.rangeClosed(1, 12).mapToObj(i -> new FailedTest("t" + i, "")).toList();

    assertThat(TestSummary.of(report(1, Counts.NONE, failures)))
        .isEqualTo(
            "'make' exited with 1\n  t1\n  t2\n  t3\n  t4\n  t5\n  t6\n  t7\n  t8\n  t9\n  t10"
                + "\n  and 2 more");
    assertThat(TestSummary.of(report(1, Counts.NONE, failures.subList(0, 10)))).endsWith("\n  t10");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 0 | 0 |              | no new failures",
        "1 | 0 | 1 |              | 1 new failure, 1 was there before",
        "2 | 1 | 3 |              | 2 new failures, 1 fixed, 3 were there before",
        "0 | 2 | 0 | NEW          | 1 new failure that no report names, 2 fixed",
        "0 | 0 | 0 | PRE_EXISTING | 1 failure that no report names, as before",
      })
  void saysHowItComparesWithTheBaseCommit(
      int added, int fixed, int old, Unnamed unnamed, String summary) {
    var comparison =
        new BaselineComparison(
            new Names(added, List.of()),
            new Names(fixed, List.of()),
            new Names(old, List.of()),
            Optional.ofNullable(unnamed));

    assertThat(TestSummary.of(comparison)).isEqualTo(summary);
  }

  @Test
  void marksNewFailures() {
    var comparison =
        new BaselineComparison(
            Names.of(List.of("new")),
            Names.of(List.of()),
            Names.of(List.of("old")),
            Optional.empty());
    var failures = List.of(new FailedTest("new", "no"), new FailedTest("old", ""));
    var report =
        new TestReport("make", 1, new Counts(9, 2, 0, 0), Duration.ZERO, failures)
            .withBaseline(Optional.of(comparison));

    assertThat(TestSummary.of(report))
        .isEqualTo(
            """
            'make' exited with 1: 9 tests, 2 failed
              against the base commit: 1 new failure, 1 was there before
              new: new: no
              old""");
  }

  @Test
  void countsAllFailuresThatItDoesNotName() {
    var failures = IntStream.rangeClosed(1, 100).mapToObj(i -> new FailedTest("t", "")).toList();

    assertThat(TestSummary.of(report(1, new Counts(300, 200, 50, 0), failures)))
        .endsWith("\n  and 240 more");
  }

  private static TestReport report(int exitCode, Counts counts, List<FailedTest> failures) {
    return new TestReport("make", exitCode, counts, Duration.ofSeconds(3), failures);
  }
}
