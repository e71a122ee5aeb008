package io.numa.avatar.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.numa.avatar.http.RetrySettings;
import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.LogChunk;
import io.numa.avatar.port.OutageException;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.ApplicationId;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.task.TopicId;
import io.numa.avatar.testkit.server.BackendRequest;
import io.numa.avatar.testkit.server.Fault;
import io.numa.avatar.testkit.server.NumaBackend;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests a backend with a proxy in front of it, and backends that differ from the usual one. */
final class ProxyInFrontTest {
  private static final TaskId TASK = new TaskId("1");

  private final NumaBackend backend =
      NumaBackend.start()
          .addTask(1, Map.of("title", "One", "application_id", 7, "description", "Do it."))
          .addApplication(7, Map.of("git_repo_url", "https://git.example.com/asked.git"));
  private final HttpBackend http = Backends.open(backend);
  private final Attempt attempt = Attempt.of(TASK);

  ProxyInFrontTest() throws IOException {}

  @AfterEach
  void close() {
    http.close();
    backend.close();
  }

  /** FastAPI, Django: 307 to the same path with a slash. */
  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 308})
  void followsARedirectionOnTheSameHostWithMethodAndBody(int status) throws InterruptedException {
    backend.misbehave(
        1, request -> request.path().endsWith("/logs"), redirect(status, "/api/tasks/1/logs?x=1"));

    http.statuses().append(attempt, new LogChunk(0, "line\n"));
    backend.misbehave(1, "/tasks/1", redirect(status, backend.url() + "/api/tasks/1?slash"));
    assertThat(http.tasks().task(TASK).title()).isEqualTo("One");

    assertThat(backend.log(1)).isEqualTo("line\n");
    assertThat(backend.requests("/logs"))
        .hasSize(2)
        .extracting(BackendRequest::method)
        .containsOnly("POST");
  }

  /** A 303, another port and plain text instead of TLS are another place, as another host is. */
  @Test
  void sendsNothingToAnotherPlace() throws Exception {
    try (NumaBackend elsewhere = NumaBackend.start()) {
      for (Fault fault :
          new Fault[] {
            redirect(302, elsewhere.url() + "/api/tasks/1"),
            redirect(307, "http://localhost:" + elsewhere.url().getPort() + "/api/tasks/1"),
            redirect(303, "/api/tasks/1"),
            redirect(302, "ftp://127.0.0.1/x")
          }) {
        backend.misbehave(1, "/tasks/1", fault);
        assertThatExceptionOfType(OutageException.class)
            .isThrownBy(() -> http.tasks().task(TASK))
            .withMessageContaining("which is not followed");
      }
      assertThat(elsewhere.requests()).isEmpty();
    }
  }

  @Test
  void givesUpARedirectionInACircle() {
    backend.misbehave(99, "/tasks/1", redirect(302, "/api/tasks/1"));

    assertThatExceptionOfType(OutageException.class).isThrownBy(() -> http.tasks().task(TASK));
    assertThat(backend.requests()).hasSize(6);
  }

  /** rundeck and others: 25 answers 429. */
  @Test
  void goesOnWhenALimiterLetsItHoweverOftenItWasLimited() throws InterruptedException {
    backend.misbehave(25, "/tasks/1", Fault.status(429));

    assertThat(http.tasks().task(TASK).title()).isEqualTo("One");
    assertThat(backend.requests()).hasSize(26);
  }

  @Test
  void waitsForALimiterForALimitedTime() {
    backend.misbehave(100_000, "/tasks/1", Fault.status(429));
    var retries =
        new RetrySettings(2, Duration.ofMillis(1), Duration.ofMillis(9), Duration.ofMillis(50));

    try (HttpBackend limited =
        new HttpBackend(Backends.settings(backend.url()).withRetries(retries), Backends.CLOCK)) {
      assertThatExceptionOfType(OutageException.class)
          .isThrownBy(() -> limited.tasks().task(TASK))
          .withMessageContaining("answered 429");
    }
  }

  /** gitlab-runner: 204 while there is no work. */
  @Test
  void hearsNoMessagesIn204() throws InterruptedException {
    backend.announce(1);
    backend.misbehave(1, "/messages", Fault.status(204));

    assertThat(http.messages().poll(new TopicId("1"), Optional.empty(), Duration.ZERO)).isEmpty();
    assertThat(backend.requests()).hasSize(1);
  }

  @Test
  void showsTheTitleOfAProxysPageWithoutWhatControlsATerminal() {
    backend.misbehave(
        1,
        "/tasks/1",
        new Fault.Answers(
            400,
            Map.of("Content-Type", "text/html"),
            "<html><title>\u001b[31m400 \u202e" + Backends.TOKEN + "</title></html>"));

    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> http.tasks().task(TASK))
        .withMessage("could not read task 1: the backend answered 400: 400 ***");
  }

  @Test
  void sendsAStatusThatIsTooLargeWithoutItsLists() throws InterruptedException {
    backend.misbehave(9, "/status", new Fault.LimitsBodies(1000));

    http.statuses().report(attempt, Updates.started(1));
    http.statuses().append(attempt, new LogChunk(0, "line\n"));
    http.statuses().report(attempt, Updates.saying(2, "x".repeat(5000)));

    assertThat(backend.statuses(1)).containsExactly("in_progress", "done");
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 405})
  void sendsNoMoreLogsToABackendThatKeepsNone(int status) throws InterruptedException {
    backend.misbehave(99, "/logs", Fault.status(status));

    http.statuses().append(attempt, new LogChunk(0, "one\n"));
    http.statuses().append(attempt, new LogChunk(4, "two\n"));

    assertThat(backend.requests("/logs")).hasSize(1);
  }

  @Test
  void takesATaskWithoutAStatusForTodo() throws InterruptedException {
    var fields = new HashMap<String, Object>();
    fields.put("title", "Two");
    fields.put("application_id", 7);
    fields.put("status", null);
    backend.addTask(2, fields);

    assertThat(http.tasks().task(new TaskId("2")).state()).isEqualTo(TaskState.TODO);
  }

  @Test
  void doesNotAskForAnApplicationThatTheTaskCarries() throws InterruptedException {
    String url = "https://git.example.com/inside.git";
    backend.addTask(
        2, Map.of("title", "Two", "application", Map.of("id", 7, "repository_url", url)));

    ApplicationId id = http.tasks().task(new TaskId("2")).application();

    assertThat(http.tasks().application(id).repository()).isEqualTo(RepositoryUrl.parse(url));
    assertThat(backend.requests("/applications/7")).isEmpty();
    http.tasks().task(TASK);
    assertThat(http.tasks().application(id).repository().value()).endsWith("asked.git");
  }

  private static Fault redirect(int status, String to) {
    return Fault.status(status, "Location", to);
  }
}
