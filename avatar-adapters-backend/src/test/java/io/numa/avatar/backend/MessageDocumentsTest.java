package io.numa.avatar.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.backend.settings.StatusWords;
import io.numa.avatar.http.Json;
import io.numa.avatar.plan.PlanSource;
import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.InvalidTaskException;
import io.numa.avatar.port.LogChunk;
import io.numa.avatar.port.PortException;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.ApplicationId;
import io.numa.avatar.task.AvatarId;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.task.agent.SteeringMessage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MessageDocumentsTest {
  private static final TaskId TASK = new TaskId("任务 7/a");
  private static final String MESSAGE =
      """
      {"task": {"id": "任务 7/a", "title": "One", "description": "Do it.", "status": "todo"},
       "application": {"id": 3, "name": "shop", "git_repo_url": "https://git.example.com/shop"}}
      """;

  private final MessageDocuments documents =
      new MessageDocuments(
          new AvatarId("avatar_001"),
          new StatusWords("open", "running", "ok", "broken", "stopped"),
          Redactor.of(List.of()));

  private Task task(String message) {
    return documents.task(TASK, message, Optional.empty(), List.of());
  }

  @Test
  void readsTheTaskAndItsApplication() {
    Task task = task(MESSAGE.replace("todo", "open"));

    assertThat(task.id()).isEqualTo(TASK);
    assertThat(task.state()).isEqualTo(TaskState.TODO);
    assertThat(task.plan()).isEqualTo(new PlanSource.Prose("# One\n\nDo it."));
    assertThat(task.application()).isEqualTo(new ApplicationId("3"));
    assertThat(documents.application(task.application(), MESSAGE).repository().value())
        .isEqualTo("https://git.example.com/shop");
  }

  @Test
  void readsAnApplicationInsideTheTask() {
    String message =
        """
        {"task": {"title": "One", "description": "Do it.",
                  "application": {"id": 3, "repository_url": "https://git.example.com/shop"}}}
        """;

    assertThat(documents.application(task(message).application(), message).repository().value())
        .isEqualTo("https://git.example.com/shop");
  }

  @Test
  void takesALaterStateForTheTasks() {
    assertThat(documents.task(TASK, MESSAGE, Optional.of(TaskState.CANCELLED), List.of()).state())
        .isEqualTo(TaskState.CANCELLED);
    assertThatExceptionOfType(InvalidTaskException.class)
        .isThrownBy(
            () ->
                documents.task(TASK, "{\"task\": {}}", Optional.of(TaskState.CANCELLED), List.of()))
        .withMessageContaining("title: is missing")
        .returns(TaskState.CANCELLED, InvalidTaskException::state);
  }

  @Test
  void addsTheMessagesOfOrdersToTheTasks() {
    SteeringMessage message = SteeringMessage.of("alice", "Take \"XML\".");
    var orders =
        List.of(
            MessageDocuments.order(message),
            "{\"cancel_requested\": true}",
            "{\"messages\": \"none\"}",
            "[]");

    for (String odd : List.of("\"todo\"", "\"todo\", \"messages\": 7")) {
      assertThat(
              documents
                  .task(TASK, MESSAGE.replace("\"todo\"", odd), Optional.empty(), orders)
                  .options()
                  .messages())
          .containsExactly(message);
    }
    assertThat(documents.state(MessageDocuments.order(message))).isEqualTo(TaskState.UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7", "[]", "{\"task_id\": 7}", "{\"task\": 7}", "{\"task\""})
  void saysThatAMessageHoldsNoTask(String message) {
    assertThatExceptionOfType(InvalidTaskException.class)
        .isThrownBy(() -> task(message))
        .withMessageContaining("task: is missing in the message");
  }

  @Test
  void saysWhatAnApplicationLacks() {
    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> documents.application(new ApplicationId("3"), "{\"task\": {}}"))
        .withMessageContaining("git_repo_url");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"status\": \"ok\", \"details\": {}} | DONE",
        "{\"status\": \"Running\"} | IN_PROGRESS",
        "{\"cancel_requested\": true} | CANCELLED",
        "{\"status\": \"strange\"} | UNKNOWN",
        "{\"text\": \"a message\"} | UNKNOWN",
        "no JSON | UNKNOWN"
      })
  void readsTheStateThatADocumentTells(String document, TaskState state) {
    assertThat(documents.state(document)).isEqualTo(state);
  }

  @Test
  void putsIntoReportsTheKeysByWhichReadersDropRepeats() {
    var attempt = Attempt.of(TASK);
    JsonNode status = read(documents.status(attempt, Updates.started(1)));
    JsonNode log = read(documents.log(attempt, new LogChunk(8, "登录\n")));

    assertThat(status.path("status").asText()).isEqualTo("running");
    assertThat(status.at("/details/stage").asText()).isEqualTo("clone");
    assertThat(status.path("idempotency_key").asText()).isEqualTo(attempt.id() + ":status:1");
    assertThat(read(documents.brief(attempt, Updates.started(1)))).isEqualTo(status);
    assertThat(log.path("logs").asText()).isEqualTo("登录\n");
    assertThat(log.path("offset").asLong()).isEqualTo(8);
    assertThat(log.path("idempotency_key").asText()).isEqualTo(attempt.id() + ":log:8-15");
  }

  private static JsonNode read(String document) {
    return Json.parse(document).orElseThrow();
  }
}
