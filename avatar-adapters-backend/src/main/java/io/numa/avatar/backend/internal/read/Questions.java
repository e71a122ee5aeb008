package io.numa.avatar.backend.internal.read;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Finds the answered questions about a task, for tasks that prose describes. */
@FunctionalInterface
public interface Questions {
  Questions NONE = task -> List.of();

  /**
   * Gives the answered questions about a task.
   *
   * @param task the task as the backend shows it
   */
  List<Question> about(JsonNode task) throws InterruptedException;
}
