package io.numa.avatar.nats.internal.bridge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.api.MessageInfo;
import io.numa.avatar.port.queue.BridgedTask;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskState;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The documents of bridges. */
final class BridgedJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern WHOLE_NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");

  private BridgedJson() {}

  /** The message that announces a task, with its id as the backend may have spelled it. */
  static byte[] message(TaskId task) {
    var message = JSON.createObjectNode();
    if (WHOLE_NUMBER.matcher(task.value()).matches()) {
      message.put("task_id", Long.parseLong(task.value()));
    } else {
      message.put("task_id", task.value());
    }
    return bytes(message);
  }

  static byte[] entry(BridgedTask task) {
    return bytes(
        JSON.createObjectNode()
            .put("status", task.state().name().toLowerCase(Locale.ROOT))
            .put("round", task.round()));
  }

  /**
   * Reads an entry. One that an operator has deleted, or that cannot be read, says that the task
   * was never ready.
   */
  static BridgedTask read(MessageInfo entry) {
    JsonNode document = document(entry.getData());
    String word = document.path("status").asText("");
    return new BridgedTask(
        Stream.of(TaskState.values())
            .filter(state -> state.name().equalsIgnoreCase(word))
            .findFirst()
            .orElse(TaskState.UNKNOWN),
        document.path("round").asInt(0),
        entry.getTime().toInstant(),
        entry.getSeq());
  }

  private static JsonNode document(byte[] data) {
    try {
      return data == null ? JSON.createObjectNode() : JSON.readTree(data);
    } catch (IOException e) {
      return JSON.createObjectNode();
    }
  }

  private static byte[] bytes(JsonNode document) {
    try {
      return JSON.writeValueAsBytes(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can be written", e);
    }
  }
}
