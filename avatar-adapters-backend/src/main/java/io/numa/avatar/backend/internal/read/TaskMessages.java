package io.numa.avatar.backend.internal.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.http.Json;
import io.numa.avatar.task.agent.SteeringMessage;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads what people tell the coding agent of a task, from the member {@code messages} of the task.
 * A message without an id or without a text is left out, and a text that is too long is cut:
 * neither makes the task unfit.
 */
final class TaskMessages {
  /** The most messages that are read; further ones were there before. */
  private static final int MOST = 500;

  private static final int LONGEST_ID = 200;

  private TaskMessages() {}

  static List<SteeringMessage> of(JsonNode task) {
    JsonNode all = task.path("messages");
    int before = Math.max(0, all.size() - MOST);
    return Json.items(all).skip(before).flatMap(TaskMessages::message).toList();
  }

  private static Stream<SteeringMessage> message(JsonNode node) {
    String id = node.path("id").asText("");
    String text = node.path("text").asText("");
    if (id.isEmpty() || id.length() > LONGEST_ID || text.isBlank()) {
      return Stream.of();
    }
    String author = node.path("author").asText("");
    return Stream.of(
        new SteeringMessage(id, author.isBlank() ? SteeringMessage.NO_AUTHOR : author, cut(text)));
  }

  /** As much of the text as a message may have, in whole characters. */
  private static String cut(String text) {
    var whole = CharBuffer.wrap(text);
    UTF_8.newEncoder().encode(whole, ByteBuffer.allocate(SteeringMessage.MAX_BYTES), true);
    return text.substring(0, whole.position());
  }
}
