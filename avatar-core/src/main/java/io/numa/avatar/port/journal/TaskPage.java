package io.numa.avatar.port.journal;

import java.util.List;
import java.util.Optional;

/**
 * A part of a list of tasks.
 *
 * @param tasks the newest first
 * @param next where the next page begins, for {@link TaskQuery#after}; opaque; empty at the end
 */
public record TaskPage(List<TaskLine> tasks, Optional<String> next) {
  public TaskPage {
    tasks = List.copyOf(tasks);
  }
}
