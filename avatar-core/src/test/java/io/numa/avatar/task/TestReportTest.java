package io.numa.avatar.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.plan.TestPolicy.FailOn;
import io.numa.avatar.task.BaselineComparison.Names;
import io.numa.avatar.task.TestReport.Counts;
import io.numa.avatar.task.TestReport.FailedTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestReportTest {
  @Test
  void countsAddUpEachForItself() {
    assertThat(new Counts(1, 20, 300, 4000).plus(new Counts(5, 60, 700, 8000)))
        .isEqualTo(new Counts(6, 80, 1000, 12000));
    assertThat(Counts.NONE).isEqualTo(new Counts(0, 0, 0, 0));
  }

  @ParameterizedTest
  @CsvSource({"0, true", "1, false", "143, false"})
  void theExitCodeDecides(int exitCode, boolean succeeded) {
    var report = new TestReport("t", exitCode, new Counts(3, 1, 0, 0), Duration.ZERO, List.of());

    assertThat(report.succeeded()).isEqualTo(succeeded);
  }

  @ParameterizedTest
  @CsvSource({
    "0, ANY, true,  true",
    "1, ANY, false, false",
    "1, NEW, false, true",
    "1, NEW, true,  false",
    "0, NEW, true,  true",
  })
  void passesWithOldFailuresWhereOnlyNewOnesCount(
      int exitCode, FailOn failOn, boolean regressed, boolean passes) {
    var names = new Names(regressed ? 1 : 0, List.of());
    var comparison =
        new BaselineComparison(names, Names.of(List.of()), Names.of(List.of()), Optional.empty());
    var report =
        new TestReport("t", exitCode, Counts.NONE, Duration.ZERO, List.of())
            .withBaseline(Optional.of(comparison));

    assertThat(report.passes(failOn)).isEqualTo(passes);
  }

  @Test
  void anyFailureCountsWithoutABaseline() {
    var report = new TestReport("t", 1, Counts.NONE, Duration.ZERO, List.of());

    assertThat(report.passes(FailOn.NEW)).isFalse();
  }

  @Test
  void failuresStayAsTheyWereHandedOver() {
    var failures = new ArrayList<>(List.of(new FailedTest("a", "b")));

    var report = new TestReport("t", 1, Counts.NONE, Duration.ZERO, failures);
    failures.clear();

    assertThat(report.failures()).containsExactly(new FailedTest("a", "b"));
  }
}
