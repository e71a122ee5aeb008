package io.numa.avatar.testkit.server;

import com.fasterxml.jackson.databind.JsonNode;

/** A report about a task that a backend got. */
public sealed interface BackendEvent {
  /**
   * A status that was accepted.
   *
   * @param body of the request, whole
   */
  record StatusWritten(String word, JsonNode body) implements BackendEvent {
    /** What the avatar added; missing where it added nothing. */
    public JsonNode details() {
      return body.path("details");
    }
  }

  /**
   * A piece of log that was accepted.
   *
   * @param offset as it was sent, -1 where none was
   */
  record LogWritten(String text, long offset) implements BackendEvent {}
}
