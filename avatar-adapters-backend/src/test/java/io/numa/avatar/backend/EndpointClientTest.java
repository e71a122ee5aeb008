package io.numa.avatar.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.numa.avatar.backend.internal.call.BackendClient;
import io.numa.avatar.backend.internal.call.Endpoints;
import io.numa.avatar.backend.internal.topics.HttpMessageSource;
import io.numa.avatar.backend.internal.topics.HttpStatusReporter;
import io.numa.avatar.backend.internal.topics.HttpTaskSource;
import io.numa.avatar.backend.settings.BackendSettings;
import io.numa.avatar.http.BreakerSettings;
import io.numa.avatar.http.RetrySettings;
import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.LogChunk;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.UnauthorizedException;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.testkit.ElapsedTime;
import io.numa.avatar.testkit.server.Fault;
import io.numa.avatar.testkit.server.NumaBackend;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that a failing group of endpoints is turned off, and the others are not. */
final class EndpointClientTest {
  private static final int FAILURES = 4;
  private static final Duration PAUSE = Duration.ofSeconds(10);
  private static final TaskId TASK = new TaskId("1");

  private final NumaBackend backend =
      NumaBackend.start()
          .addTask(1, Map.of("title", "One", "application_id", 7, "description", "Do it."));
  private final LogLines log = new LogLines();
  private final ElapsedTime time = new ElapsedTime();
  private final BackendSettings settings =
      Backends.settings(backend.url())
          .withRetries(RetrySettings.NONE)
          .withBreaker(new BreakerSettings(FAILURES, PAUSE, PAUSE));
  private final BackendClient client = new BackendClient(settings, Backends.CLOCK, log, time);
  private final Endpoints endpoints = new Endpoints(settings.url());
  private final HttpTaskSource tasks = new HttpTaskSource(client, endpoints, settings);
  private final HttpMessageSource messages = new HttpMessageSource(client, endpoints, settings);
  private final HttpStatusReporter statuses = new HttpStatusReporter(client, endpoints, settings);
  private final Attempt attempt = Attempt.of(TASK);

  EndpointClientTest() throws IOException {}

  @AfterEach
  void close() {
    client.close();
    backend.close();
  }

  @Test
  void failsAtOnceAfterFailuresInARow() {
    turnOffLogs();

    assertThatExceptionOfType(PortException.class)
        .isThrownBy(this::append)
        .withMessage(
            "could not send the log of task 1: the backend at %s has failed too often: calls for"
                + " logs are off since 2026-01-02T03:04:05Z; the last failure: could not send the"
                + " log of task 1: the backend answered 503",
            backend.url())
        .returns(true, PortException::retryable);
    assertThat(backend.requests("/logs")).hasSize(FAILURES);
  }

  @Test
  void stopsNoOtherGroup() throws InterruptedException {
    turnOffLogs();

    assertThat(tasks.task(TASK).title()).isEqualTo("One");
    assertThat(messages.poll(messages.topic("tasks"), Optional.empty(), Duration.ZERO)).isEmpty();
    statuses.report(attempt, Updates.started(1));
    statuses.renew(attempt, Updates.started(1), 1);

    assertThat(backend.statuses(1)).containsExactly("in_progress");
  }

  @Test
  void letsOneCallThroughAfterAPause() {
    turnOffLogs();
    time.pass(PAUSE);

    assertThatExceptionOfType(PortException.class)
        .isThrownBy(this::append)
        .withMessageEndingWith("answered 503");
    assertThatExceptionOfType(PortException.class)
        .isThrownBy(this::append)
        .withMessageContaining("calls for logs are off since 2026-01-02T03:04:05Z");
    assertThat(backend.requests("/logs")).hasSize(FAILURES + 1);
  }

  @Test
  void isBackWithTheFirstSuccess() throws InterruptedException {
    turnOffLogs();
    backend.behave();
    time.pass(PAUSE);

    append();
    backend.misbehave(FAILURES - 1, "/logs", Fault.status(503));
    failTimes(FAILURES - 1);
    append();

    assertThat(backend.log(1)).isEqualTo("line\n");
  }

  @Test
  void saysOnceThatAGroupIsOffAndOnceThatItIsBack() throws InterruptedException {
    turnOffLogs();
    for (int i = 0; i < 3; i++) {
      time.pass(PAUSE);
      failTimes(2);
    }
    backend.behave();
    time.pass(PAUSE);
    append();

    assertThat(log.lines())
        .containsExactly(
            ("WARN Calls for logs to the backend at %s have failed 4 times in a row; they are off,"
                    + " except for one now and then: could not send the log of task 1: the backend"
                    + " answered 503")
                .formatted(backend.url()),
            "INFO Calls for logs to the backend at %s succeed again".formatted(backend.url()));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 409, 422})
  void countsNoFailureInARowWhereTheBackendAnswersForItself(int status) {
    for (int i = 0; i < 3; i++) {
      backend.misbehave(FAILURES - 1, "/logs", Fault.status(503));
      backend.misbehave(1, "/logs", Fault.status(status));
      failTimes(FAILURES);
    }

    assertThat(backend.requests("/logs")).hasSize(3 * FAILURES);
    assertThat(log.lines()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void takesARefusedTokenForNoSicknessAndNoHealth(int status) throws InterruptedException {
    backend.misbehave(2 * FAILURES, "/logs", Fault.status(status));
    for (int i = 0; i < 2 * FAILURES; i++) {
      assertThatExceptionOfType(UnauthorizedException.class).isThrownBy(this::append);
    }
    append();
    backend.misbehave(FAILURES - 1, "/logs", Fault.status(503));
    failTimes(FAILURES - 1);
    backend.misbehave(1, "/logs", Fault.status(status));
    assertThatExceptionOfType(UnauthorizedException.class).isThrownBy(this::append);
    backend.misbehave(1, "/logs", Fault.status(503));
    failTimes(1);

    assertThatExceptionOfType(PortException.class)
        .isThrownBy(this::append)
        .withMessageContaining("calls for logs are off");
  }

  @Test
  void isNotStuckWhenTheTokenIsRefusedAfterAPause() throws InterruptedException {
    turnOffLogs();
    backend.behave().misbehave(1, "/logs", Fault.status(401));
    time.pass(PAUSE);

    assertThatExceptionOfType(UnauthorizedException.class).isThrownBy(this::append);
    append();

    assertThat(backend.log(1)).isEqualTo("line\n");
  }

  @Test
  void renewsAlsoWhileStatusesAreOffAndTurnsThemOnByThat() throws InterruptedException {
    backend.misbehave(FAILURES + 1, "/status", Fault.status(503));
    for (int i = 0; i < FAILURES; i++) {
      assertThatExceptionOfType(PortException.class)
          .isThrownBy(() -> statuses.report(attempt, Updates.started(1)));
    }

    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> statuses.renew(attempt, Updates.started(1), 1))
        .withMessageEndingWith("answered 503");
    statuses.renew(attempt, Updates.started(1), 2);
    statuses.report(attempt, Updates.started(2));

    assertThat(backend.requests("/status")).hasSize(FAILURES + 3);
  }

  @Test
  void endsACallsTriesWhenTheGroupIsOff() {
    backend.misbehave(99, "/tasks/1", Fault.status(503));
    BackendSettings insistent =
        settings.withRetries(
            new RetrySettings(50, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ZERO));

    try (HttpBackend http = new HttpBackend(insistent, Backends.CLOCK)) {
      assertThatExceptionOfType(PortException.class)
          .isThrownBy(() -> http.tasks().task(TASK))
          .withMessageContaining("calls for tasks and applications are off");
    }
    assertThat(backend.requests()).hasSize(FAILURES);
  }

  private void turnOffLogs() {
    backend.misbehave(99, "/logs", Fault.status(503));
    failTimes(FAILURES);
  }

  private void failTimes(int times) {
    for (int i = 0; i < times; i++) {
      assertThat(catchThrowableOfType(PortException.class, this::append)).isNotNull();
    }
  }

  private void append() throws InterruptedException {
    statuses.append(attempt, new LogChunk(0, "line\n"));
  }
}
