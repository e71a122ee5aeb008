package io.numa.avatar.backend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.backend.internal.read.ApplicationReader;
import io.numa.avatar.backend.internal.read.BranchRule;
import io.numa.avatar.backend.internal.read.Questions;
import io.numa.avatar.backend.internal.read.TaskReader;
import io.numa.avatar.backend.internal.topics.ReportWriter;
import io.numa.avatar.backend.settings.StatusWords;
import io.numa.avatar.http.Json;
import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.InvalidTaskException;
import io.numa.avatar.port.LogChunk;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.port.queue.TaskDocuments;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.Application;
import io.numa.avatar.task.ApplicationId;
import io.numa.avatar.task.AvatarId;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.task.agent.SteeringMessage;
import java.util.List;
import java.util.Optional;

/**
 * The documents of a queue, as a Numa backend would send and receive them: a message is {@code
 * {"task":{…},"application":{…}}}, and reports are the bodies of the backend's requests. A report
 * has its {@code Idempotency-Key} as the member {@code idempotency_key}. Safe for use by several
 * threads.
 */
public final class MessageDocuments implements TaskDocuments {
  private final StatusWords words;
  private final TaskReader reader;
  private final ReportWriter writer;

  /**
   * @param redactor hides secrets in texts that are shortened
   */
  public MessageDocuments(AvatarId avatar, StatusWords words, Redactor redactor) {
    this.words = words;
    this.reader = new TaskReader(words, BranchRule.REFUSE, Questions.NONE);
    this.writer = new ReportWriter(avatar, words, redactor);
  }

  @Override
  public Task task(TaskId id, String message, Optional<TaskState> later, List<String> orders) {
    JsonNode document = document(message);
    if (!(document.path("task") instanceof ObjectNode task)) {
      throw new InvalidTaskException(
          id, later.orElse(TaskState.UNKNOWN), List.of("task: is missing in the message"));
    }
    if (document.path("application") instanceof ObjectNode application) {
      task.set("application", application); // The reader looks there where no id is named.
    }
    later.ifPresent(state -> task.put("status", words.word(state)).remove("cancel_requested"));
    ArrayNode messages =
        task.path("messages") instanceof ArrayNode given ? given : task.putArray("messages");
    orders.forEach(order -> Json.items(document(order).path("messages")).forEach(messages::add));
    try {
      return reader.read(id, task);
    } catch (InterruptedException e) {
      throw new IllegalStateException("no questions are asked", e);
    }
  }

  @Override
  public Application application(ApplicationId id, String message) {
    JsonNode document = document(message);
    JsonNode beside = document.path("application");
    return ApplicationReader.read(
        id, beside.isObject() ? beside : document.path("task").path("application"));
  }

  @Override
  public TaskState state(String document) {
    JsonNode told = document(document);
    boolean tells = told.has("status") || told.has("cancel_requested");
    return tells ? reader.state(told) : TaskState.UNKNOWN;
  }

  @Override
  public String status(Attempt attempt, StatusUpdate update) {
    return keyed(writer.status(attempt, update), ReportWriter.key(attempt, update));
  }

  @Override
  public String brief(Attempt attempt, StatusUpdate update) {
    return keyed(writer.brief(attempt, update), ReportWriter.key(attempt, update));
  }

  @Override
  public String log(Attempt attempt, LogChunk chunk) {
    return keyed(writer.log(attempt, chunk), ReportWriter.key(attempt, chunk));
  }

  /** The order that tells the coding agent of a task something. */
  public static String order(SteeringMessage message) {
    ObjectNode document = Json.object();
    document
        .putArray("messages")
        .addObject()
        .put("id", message.id())
        .put("author", message.author())
        .put("text", message.text());
    return document.toString();
  }

  private static String keyed(ObjectNode body, String key) {
    return body.put("idempotency_key", key).toString();
  }

  private static JsonNode document(String text) {
    return Json.parse(text).orElseGet(Json::object);
  }
}
