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
  private static final Duration BOUND = Duration.ofMillis(1500);

  private final NumaBackend backend =
      NumaBackend.start()
          .addTask(1, Map.of("title", "One", "application_id", 7, "description", "Do it."))
          .addApplication(7, Map.of("git_repo_url", "https://git.example.com/a.git"));
  private final HttpBackend http =
      new HttpBackend(
          Backends.settings(backend.url())
              .withRetries(new RetrySettings(1, Duration.ZERO, Duration.ZERO, BOUND)),
          Backends.CLOCK);

  RetryAfterGateTest() throws IOException {}

  @AfterEach
  void close() {
    http.close();
    backend.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "Fri, 02 Jan 2026 03:04:06 GMT"})
  void holdsForAllCallsOfTheGroup(String oneSecond) throws InterruptedException {
    ask(oneSecond);

    assertThat(timeOf(() -> http.tasks().application(new ApplicationId("7"))))
        .isBetween(Duration.ofMillis(900), Duration.ofSeconds(5));
    assertThat(timeOf(() -> http.tasks().task(new TaskId("1")))).isLessThan(Duration.ofMillis(800));
  }

  @Test
  void holdsForNoOtherGroup() throws InterruptedException {
    ask("1");

    assertThat(timeOf(() -> http.messages().topic("tasks"))).isLessThan(Duration.ofMillis(800));
  }

  @ParameterizedTest
  @ValueSource(strings = {"3600", "Sat, 03 Jan 2026 03:04:05 GMT", "999999999"})
  void holdsNoLongerThanTheBound(String muchLonger) throws InterruptedException {
    ask(muchLonger);

    assertThat(timeOf(() -> http.tasks().task(new TaskId("1"))))
        .isBetween(BOUND.minusMillis(200), BOUND.plusSeconds(4));
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
