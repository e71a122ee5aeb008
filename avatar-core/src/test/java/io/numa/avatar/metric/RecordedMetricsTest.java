package io.numa.avatar.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordedMetricsTest {
  private final RecordedMetrics metrics = new RecordedMetrics();

  @Test
  void addsUpCountsAndTimes() {
    metrics.count(Metric.POLLS, "none");
    metrics.add(Metric.POLLS, 2, "none");
    metrics.time(Metric.TASK_QUEUE, Duration.ofMillis(1500));
    metrics.time(Metric.TASK_QUEUE, Duration.ofSeconds(-9));

    assertThat(metrics.value(Metric.POLLS, List.of("none"))).isEqualTo(3);
    assertThat(metrics.value(Metric.TASK_QUEUE, List.of())).isEqualTo(1.5);
    assertThat(metrics.times(Metric.TASK_QUEUE, List.of())).isEqualTo(2);
  }

  @Test
  void showsTheLatestLevelAndWhatIsWatched() {
    metrics.set(Metric.DISK_USED, 7, "logs");
    metrics.set(Metric.DISK_USED, 5, "logs");
    metrics.watch(Metric.REDACTIONS, () -> 3);

    assertThat(metrics.value(Metric.DISK_USED, List.of("logs"))).isEqualTo(5);
    assertThat(metrics.value(Metric.REDACTIONS, List.of())).isEqualTo(3);
  }

  /** A rate needs a first value from before the first event. */
  @Test
  void beginsAtZeroWhereAllLabelsAreKnown() {
    assertThat(metrics.labels(Metric.LEASES_LOST)).containsExactly(List.of());
    assertThat(metrics.labels(Metric.LOG_BYTES))
        .containsExactlyInAnyOrder(List.of("written"), List.of("delivered"), List.of("refused"));
    assertThat(metrics.labels(Metric.API_REQUESTS)).isEmpty();
    assertThat(metrics.labels(Metric.CLOCK_OFFSET)).isEmpty();
  }

  @Test
  void keepsABoundedNumberOfSeries() {
    for (int i = 0; i < 10_000; i++) {
      metrics.count(Metric.API_REQUESTS, "status", "code-" + i);
    }

    assertThat(metrics.labels(Metric.API_REQUESTS)).hasSize(RecordedMetrics.MOST + 1);
    assertThat(metrics.value(Metric.API_REQUESTS, List.of("other", "other")))
        .isEqualTo(10_000 - RecordedMetrics.MOST);
  }

  @Test
  void wantsAllLabels() {
    assertThatThrownBy(() -> metrics.count(Metric.POLLS))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
