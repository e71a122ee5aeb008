package io.numa.avatar.testkit.server;

import com.fasterxml.jackson.databind.JsonNode;

/** A report about a task that a backend received. */
public sealed interface BackendEvent {
  /**
   * A status that was accepted.
   *
   * @param body the whole body of the request
   */
  record StatusWritten(String word, JsonNode body) implements BackendEvent {
    /** The details that the avatar added; a missing node if there are none. */
    public JsonNode details() {
      return body.path("details");
    }
  }

  /**
   * A piece of log that was accepted.
   *
   * @param offset the offset that was sent; -1 if none was
   */
  record LogWritten(String text, long offset) implements BackendEvent {}
}
