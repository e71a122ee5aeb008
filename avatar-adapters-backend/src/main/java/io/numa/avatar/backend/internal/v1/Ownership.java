package io.numa.avatar.backend.internal.v1;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * Which tasks are ours.
 *
 * @param user the id of the user that our tasks are assigned to; empty if all tasks are ours
 */
record Ownership(Optional<String> user) {
  boolean covers(JsonNode task) {
    return user.isEmpty() || user.get().equals(assigned(task));
  }

  /** The id of the user that a task is assigned to; empty text if there is none. */
  static String assigned(JsonNode task) {
    return task.path("assigned_to").asText("");
  }
}
