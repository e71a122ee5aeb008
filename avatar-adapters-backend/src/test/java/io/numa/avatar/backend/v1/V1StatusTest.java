package io.numa.avatar.backend.v1;

import static io.numa.avatar.backend.v1.V1Backends.begun;
import static io.numa.avatar.backend.v1.V1Backends.done;
import static io.numa.avatar.backend.v1.V1Backends.failed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.backend.HttpBackend;
import io.numa.avatar.backend.settings.StatusWords;
import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.LogChunk;
import io.numa.avatar.port.NotFoundException;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.Secret;
import io.numa.avatar.port.TaskTakenException;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.testkit.server.BackendRequest;
import io.numa.avatar.testkit.server.Fault;
import io.numa.avatar.testkit.server.NumaV1Backend;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests what is written to a task, and what stays of what a person writes at the same time. */
final class V1StatusTest {
  private static final Attempt ATTEMPT = Attempt.of(new TaskId("5"));
  private final NumaV1Backend backend =
      NumaV1Backend.start()
          .addApplication(7, Map.of("name", "shop", "repository_url", "https://h/a.git"))
          .addTask(
              5,
              Map.of(
                  "title", "开发任务 - 方案 - 登录",
                  "description", "Log in.\r\n\r\n- by name",
                  "application_id", 7,
                  "code_branch", "dev-5-login"));

  private final HttpBackend http = V1Backends.open(backend.url(), V1Backends.V1);

  V1StatusTest() throws IOException {}

  @AfterEach
  void close() {
    http.close();
    backend.close();
  }

  @Test
  void sendsBackWhatItHasJustRead() throws InterruptedException {
    http.statuses().report(ATTEMPT, begun(1));

    assertThat(backend.writes(5)).hasSize(1);
    JsonNode body = backend.writes(5).get(0);
    assertThat(body.properties())
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrder("title", "description", "status");
    assertThat(body.path("title").asText()).isEqualTo("开发任务 - 方案 - 登录");
    assertThat(body.path("description").asText()).isEqualTo("Log in.\r\n\r\n- by name");
    assertThat(body.path("status").asText()).isEqualTo("in_progress");
  }

  @Test
  void writesOnlyWhenTheWordChanges() throws InterruptedException {
    http.statuses().report(ATTEMPT, begun(1));
    http.statuses().report(ATTEMPT, begun(2));
    http.statuses().renew(ATTEMPT, begun(2), 1);
    http.statuses().append(ATTEMPT, new LogChunk(0, "line\n"));
    http.statuses().report(ATTEMPT, done(3));
    http.statuses().report(ATTEMPT, done(3));

    assertThat(backend.statuses(5)).containsExactly("in_progress", "done");
    assertThat(backend.requests())
        .extracting(request -> request.method() + " " + request.path())
        .containsExactly(
            "GET /api/v1/development/5",
            "PUT /api/v1/development/5",
            "GET /api/v1/development/5",
            "PUT /api/v1/development/5",
            "GET /api/v1/development/5");
  }

  @Test
  void keepsAnEditThatAPersonMadeBeforeItRead() throws InterruptedException {
    http.statuses().report(ATTEMPT, begun(1));
    backend.edit(5, "description", "Log in by name or mail.").edit(5, "title", "Log in");

    http.statuses().report(ATTEMPT, done(2));

    assertThat(backend.task(5).path("description").asText()).isEqualTo("Log in by name or mail.");
    assertThat(backend.task(5).path("title").asText()).isEqualTo("Log in");
  }

  /** The backend has no way to prevent it: a limit that the documents tell. */
  @Test
  void losesAnEditThatAPersonMadeBetweenReadAndWrite() throws InterruptedException {
    backend.after(V1StatusTest::reads, () -> backend.edit(5, "description", "Log in by mail."));

    http.statuses().report(ATTEMPT, begun(1));

    assertThat(backend.task(5).path("description").asText()).isEqualTo("Log in.\r\n\r\n- by name");
  }

  @Test
  void readsAnewBeforeEachTryToWrite() throws InterruptedException {
    backend.misbehave(1, V1StatusTest::writes, Fault.status(500));
    backend.after(
        V1StatusTest::reads,
        () -> backend.edit(5, "description", "Edited while the backend was away."));

    http.statuses().report(ATTEMPT, begun(1));

    assertThat(backend.task(5).path("description").asText())
        .isEqualTo("Edited while the backend was away.");
    assertThat(backend.task(5).path("status").asText()).isEqualTo("in_progress");
  }

  @Test
  void takesItsOwnClaimForItsOwnWhenTheAnswerWasLost() throws InterruptedException {
    http.tasks().task(ATTEMPT.task());
    backend.misbehave(1, V1StatusTest::writes, new Fault.LosesTheAnswer());

    http.statuses().report(ATTEMPT, begun(1));

    assertThat(backend.statuses(5)).containsExactly("in_progress");
  }

  @Test
  void mayRepeatTheClaimOfAPreviousProcess() throws InterruptedException {
    backend.edit(5, "status", "in_progress");
    http.tasks().task(ATTEMPT.task());

    http.statuses().report(ATTEMPT, begun(1));

    assertThat(backend.writes(5)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"in_progress", "done", "cancelled", "review"})
  void doesNotBeginWhatChangedSinceItWasLookedUp(String word) throws InterruptedException {
    http.tasks().task(ATTEMPT.task());
    backend.edit(5, "status", word);

    assertThatExceptionOfType(TaskTakenException.class)
        .isThrownBy(() -> http.statuses().report(ATTEMPT, begun(1)));
    assertThat(backend.writes(5)).isEmpty();
  }

  @Test
  void leavesAPersonsWordAloneUntilTheEnd() throws InterruptedException {
    http.statuses().report(ATTEMPT, begun(1));
    backend.edit(5, "status", "cancelled");

    http.statuses().report(ATTEMPT, begun(2));

    assertThat(backend.task(5).path("status").asText()).isEqualTo("cancelled");
  }

  /** Else the task would be ready again and again. */
  @Test
  void doesNotBeginATaskWhoseStatusTheBackendDoesNotKeep() {
    backend.misbehave(
        1,
        V1StatusTest::writes,
        new Fault.Answers(200, Map.of(), "{\"id\":5,\"status\":\"todo\"}"));

    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> http.statuses().report(ATTEMPT, begun(1)))
        .withMessageContaining("took 'in_progress' and has 'todo'; check status.words")
        .returns(true, PortException::retryable);
  }

  @Test
  void usesTheOperatorsWords() throws InterruptedException {
    var words = new StatusWords("open", "running", "closed", "broken", "closed");
    backend.edit(5, "status", "open");
    try (var other =
        new HttpBackend(
            V1Backends.settings(backend.url(), V1Backends.V1).withWords(words), V1Backends.CLOCK)) {
      other.statuses().report(ATTEMPT, begun(1));
      other.statuses().report(ATTEMPT, failed(2, "no"));
    }

    assertThat(backend.statuses(5)).containsExactly("running", "broken");
  }

  @Test
  void writesBackTheBranchInPlaceOfOneThatGitCannotHave() throws InterruptedException {
    backend.edit(5, "code_branch", "dev-5-开发任务 - 方案: a?~b");
    assertThat(http.tasks().task(ATTEMPT.task()))
        .satisfies(
            task -> {
              assertThat(task.branch()).hasToString("dev-5");
              assertThat(task.options().notes())
                  .containsExactly(
                      "Git cannot have the branch 'dev-5-开发任务 - 方案: a?~b'; the branch is dev-5");
            });

    http.statuses().report(ATTEMPT, begun(1));
    http.statuses().report(ATTEMPT, done(2));

    assertThat(backend.writes(5))
        .extracting(body -> body.path("code_branch").asText())
        .containsExactly("dev-5", "");
    assertThat(backend.task(5).path("code_branch").asText()).isEqualTo("dev-5");
  }

  @Test
  void toleratesATaskWithoutATitleAndADescription() throws InterruptedException {
    backend.edit(5, "title", null).edit(5, "description", null);

    http.statuses().report(ATTEMPT, begun(1));

    assertThat(backend.statuses(5)).containsExactly("in_progress");
  }

  @Test
  void explainsNothingUnlessTheOperatorWantsIt() throws InterruptedException {
    http.statuses().report(ATTEMPT, begun(1));
    http.statuses().report(ATTEMPT, failed(2, "2 tests failed"));

    assertThat(backend.task(5).path("description").asText()).isEqualTo("Log in.\r\n\r\n- by name");
  }

  @Test
  void explainsWithOneParagraphThatTheNextAttemptReplaces() throws InterruptedException {
    try (var explaining =
        new HttpBackend(
            V1Backends.settings(backend.url(), V1Backends.V1.explaining())
                .withRedactor(Redactor.of(List.of(new Secret("s3cret-4711")))),
            V1Backends.CLOCK)) {
      explaining.statuses().report(ATTEMPT, begun(1));
      explaining.statuses().report(ATTEMPT, failed(2, "2 tests failed:\nATest s3cret-4711"));
      assertThat(backend.task(5).path("description").asText())
          .isEqualTo(
              "Log in.\r\n\r\n- by name\n\n[Numa Avatar] avatar_001 failed at the stage test"
                  + " (tests_failed, docs/failures.md#tests_failed): 2 tests failed: / ATest ***");

      backend.edit(5, "status", "todo");
      assertThat(explaining.tasks().task(ATTEMPT.task()).plan().toString())
          .doesNotContain("Numa Avatar");
      explaining.statuses().report(ATTEMPT, begun(1));
      explaining.statuses().report(ATTEMPT, failed(2, "1 test failed"));
      assertThat(backend.task(5).path("description").asText())
          .startsWith("Log in.\r\n\r\n- by name\n\n[Numa Avatar] avatar_001")
          .endsWith("1 test failed")
          .doesNotContain("2 tests");

      backend.edit(5, "status", "todo");
      explaining.statuses().report(ATTEMPT, begun(1));
      explaining.statuses().report(ATTEMPT, done(2));
      assertThat(backend.task(5).path("description").asText())
          .isEqualTo("Log in.\r\n\r\n- by name");
    }
  }

  @Test
  void goesOnAfterAStatusOfATaskThatIsGone() throws InterruptedException {
    http.statuses().report(ATTEMPT, begun(1));
    backend.removeTask(5);

    assertThatExceptionOfType(NotFoundException.class)
        .isThrownBy(() -> http.statuses().report(ATTEMPT, done(2)));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 422})
  void triesAClaimLaterThatTheBackendRefuses(int status) {
    backend.misbehave(1, V1StatusTest::writes, Fault.status(status));

    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> http.statuses().report(ATTEMPT, begun(1)))
        .returns(true, PortException::retryable);
  }

  @Test
  void keepsOtherFieldsOfTheTask() throws InterruptedException {
    backend.edit(5, "assigned_to", 7).edit(5, "priority", new HashMap<>());

    http.statuses().report(ATTEMPT, begun(1));

    assertThat(backend.task(5).path("assigned_to").asInt()).isEqualTo(7);
    assertThat(backend.task(5).path("priority").isObject()).isTrue();
  }

  @Test
  void needsNoBackendForLogsAndRenewals() throws IOException {
    backend.outage();

    assertThatCode(
            () -> {
              http.statuses().append(ATTEMPT, new LogChunk(0, "line\n"));
              http.statuses().renew(ATTEMPT, begun(1), 1);
            })
        .doesNotThrowAnyException();
  }

  private static boolean reads(BackendRequest request) {
    return request.method().equals("GET") && request.path().endsWith("/development/5");
  }

  private static boolean writes(BackendRequest request) {
    return request.method().equals("PUT");
  }
}
