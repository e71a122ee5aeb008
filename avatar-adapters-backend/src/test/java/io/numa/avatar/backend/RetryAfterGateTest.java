package io.numa.avatar.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.numa.avatar.http.RetrySettings;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.ApplicationId;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.testkit.server.Fault;
import io.numa.avatar.testkit.server.NumaBackend;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests that {@code Retry-After} delays all calls of the group, not only the one that received it.
 */
final class RetryAfterGateTest {
  /** Far from every pause that a test expects, and from every longer one that would be wrong. */
  private static final Duration FAR = Duration.ofSeconds(15);

  private final NumaBackend backend =
      NumaBackend.start()
          .addTask(1, Map.of("title", "One", "application_id", 7, "description", "Do it."))
          .addApplication(7, Map.of("git_repo_url", "https://git.example.com/a.git"));
  private HttpBackend http = bounded(Duration.ofMinutes(2));

  RetryAfterGateTest() throws IOException {}

  private HttpBackend bounded(Duration bound) {
    return new HttpBackend(
        Backends.settings(backend.url())
            .withRetries(new RetrySettings(1, Duration.ZERO, Duration.ZERO, bound)),
        Backends.CLOCK);
  }

  @AfterEach
  void close() {
    http.close();
    backend.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "Fri, 02 Jan 2026 03:04:06 GMT"})
  void holdsForAllCallsOfTheGroupOnce(String oneSecond) throws InterruptedException {
    Duration first =
        timeOf(
            () -> {
              ask(oneSecond);
              http.tasks().application(new ApplicationId("7"));
            });
    Duration others =
        timeOf(
            () -> {
              for (int i = 0; i < 2 * FAR.toSeconds(); i++) {
                http.tasks().task(new TaskId("1"));
              }
            });

    assertThat(first).isBetween(Duration.ofSeconds(1), FAR);
    assertThat(others).as("less than half a second for each").isLessThan(FAR);
  }

  @Test
  void holdsForNoOtherGroup() throws InterruptedException {
    ask("60");

    assertThat(timeOf(() -> http.messages().topic("tasks"))).isLessThan(FAR);
  }

  @ParameterizedTest
  @ValueSource(strings = {"3600", "Sat, 03 Jan 2026 03:04:05 GMT", "999999999"})
  void holdsNoLongerThanTheBound(String muchLonger) throws InterruptedException {
    Duration bound = Duration.ofMillis(500);
    http.close();
    http = bounded(bound);

    Duration time =
        timeOf(
            () -> {
              ask(muchLonger);
              http.tasks().task(new TaskId("1"));
            });

    assertThat(time).isBetween(bound, FAR);
  }

  private void ask(String retryAfter) {
    backend.misbehave(1, "/tasks/1", Fault.status(429, "Retry-After", retryAfter));
    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> http.tasks().task(new TaskId("1")));
  }

  private interface Call {
    void make() throws InterruptedException;
  }

  private static Duration timeOf(Call call) throws InterruptedException {
    long start = System.nanoTime();
    call.make();
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
