package io.numa.avatar.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.task.TestReport;
import io.numa.avatar.task.TestReport.Counts;
import io.numa.avatar.task.TestReport.FailedTest;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestSummaryTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 |  0 | 0 | 0 | 0 | 'make' succeeded",
        "2 |  0 | 0 | 0 | 0 | 'make' exited with 2",
        "0 |  1 | 0 | 0 | 0 | 'make' succeeded: 1 test",
        "0 | 12 | 0 | 0 | 3 | 'make' succeeded: 12 tests, 3 skipped",
        "1 | 12 | 1 | 2 | 3 | 'make' exited with 1: 12 tests, 1 failed, 2 with errors, 3 skipped",
      },
      quoteCharacter = '"')
  void saysHowTheCommandEndedAndWhatWasCounted(
      int exitCode, int run, int failed, int errors, int skipped, String summary) {
    var counts = new Counts(run, failed, errors, skipped);

    assertThat(TestSummary.of(report(exitCode, counts, List.of()))).isEqualTo(summary);
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

  private static TestReport report(int exitCode, Counts counts, List<FailedTest> failures) {
    return new TestReport("make", exitCode, counts, Duration.ofSeconds(3), failures);
  }
}
