package io.numa.avatar.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numa.avatar.backend.settings.BackendSettings;
import io.numa.avatar.http.BreakerSettings;
import io.numa.avatar.http.RetrySettings;
import io.numa.avatar.metric.Metric;
import io.numa.avatar.metric.RecordedMetrics;
import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.LogChunk;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.testkit.server.Fault;
import io.numa.avatar.testkit.server.NumaBackend;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is counted and measured of the calls to a backend. */
final class BackendMetricsTest {
  private static final TaskId TASK = new TaskId("1");

  private final NumaBackend backend =
      NumaBackend.start()
          .addTask(1, Map.of("title", "One", "application_id", 7, "description", "Do it."));
  private final RecordedMetrics metrics = new RecordedMetrics();

  BackendMetricsTest() throws IOException {}

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void countsRequestsByWhatTheyAskForAndHowTheyAreAnswered() throws Exception {
    backend.misbehave(1, "/tasks/1", Fault.status(503));
    backend.misbehave(1, "/tasks/1", new Fault.HangsUp());

    try (HttpBackend http = open(Backends.QUICK)) {
      http.tasks().task(TASK);
    }

    assertThat(value(Metric.API_REQUESTS, "task", "503")).isEqualTo(1);
    assertThat(value(Metric.API_REQUESTS, "task", "none")).isEqualTo(1);
    assertThat(value(Metric.API_REQUESTS, "task", "200")).isEqualTo(1);
    assertThat(metrics.times(Metric.API_REQUEST, List.of("task"))).isEqualTo(3);
    assertThat(value(Metric.API_REQUEST, "task")).isPositive();
    assertThat(value(Metric.API_RETRIES, "task", "answer")).isEqualTo(1);
    assertThat(value(Metric.API_RETRIES, "task", "broken")).isEqualTo(1);
  }

  @Test
  void showsAGroupThatIsNotCalled() {
    backend.misbehave(5, "/logs", Fault.status(503));

    try (HttpBackend http = open(RetrySettings.NONE)) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(
                () -> http.statuses().append(Attempt.of(TASK), new LogChunk(0, "line\n")))
            .isInstanceOf(PortException.class);
      }

      assertThat(value(Metric.BREAKER_OPEN, "logs")).isEqualTo(1);
      assertThat(metrics.labels(Metric.BREAKER_OPEN))
          .contains(List.of("messages"), List.of("tasks"), List.of("statuses"));
      assertThat(value(Metric.BREAKER_OPEN, "tasks")).isZero();
    }
  }

  @Test
  void comparesTheBackendsClockWithOurs() throws Exception {
    var behind = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-2));
    try (var http = new HttpBackend(settings(Backends.QUICK), behind)) {
      http.tasks().task(TASK);
    }

    assertThat(value(Metric.CLOCK_OFFSET)).isBetween(100.0, 121.0);
  }

  private HttpBackend open(RetrySettings retries) {
    return new HttpBackend(settings(retries), Clock.systemUTC());
  }

  private BackendSettings settings(RetrySettings retries) {
    var pause = Duration.ofMinutes(1);
    return Backends.settings(backend.url())
        .withRetries(retries)
        .withBreaker(new BreakerSettings(3, pause, pause))
        .withMetrics(metrics);
  }

  private double value(Metric metric, String... labels) {
    return metrics.value(metric, List.of(labels));
  }
}
