package io.numa.avatar.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.task.TestReport.Counts;
import io.numa.avatar.task.TestReport.FailedTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

  @Test
  void failuresStayAsTheyWereHandedOver() {
    var failures = new ArrayList<>(List.of(new FailedTest("a", "b")));

    var report = new TestReport("t", 1, Counts.NONE, Duration.ZERO, failures);
    failures.clear();

    assertThat(report.failures()).containsExactly(new FailedTest("a", "b"));
  }
}
