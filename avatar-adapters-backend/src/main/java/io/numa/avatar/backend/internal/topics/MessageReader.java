package io.numa.avatar.backend.internal.topics;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.http.Json;
import io.numa.avatar.task.MessageId;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskMessage;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.Optional;

/** Reads a topic's messages one by one; an unreadable message does not affect the others. */
public final class MessageReader {
  private MessageReader() {}

  public static TaskMessage read(JsonNode message) {
    MessageId id;
    try {
      id = new MessageId(Json.id(message.path("id")));
    } catch (IllegalArgumentException e) {
      String problem =
          message.isObject() ? "its id " + e.getMessage() : "it is " + Json.kind(message);
      return new TaskMessage.Unreadable(madeFrom(message), problem);
    }
    try {
      return new TaskMessage.Announcement(
          id,
          new TaskId(Json.id(message.path("data").path("task_id"))),
          time(message.path("created_at").asText()));
    } catch (IllegalArgumentException e) {
      return new TaskMessage.Unreadable(id, "its data.task_id " + e.getMessage());
    }
  }

  /** The time of a message is shown only, so a wrong one does not matter. */
  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** An id made from the message's content, so that it is the same at every poll. */
  private static MessageId madeFrom(JsonNode message) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(message.toString().getBytes(UTF_8));
      return new MessageId("sha256:" + HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
