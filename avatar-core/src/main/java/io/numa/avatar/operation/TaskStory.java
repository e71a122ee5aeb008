package io.numa.avatar.operation;

import io.numa.avatar.port.journal.TaskDescription;
import io.numa.avatar.port.journal.TaskLine;
import java.util.List;
import java.util.Optional;

/**
 * The whole story of a task.
 *
 * @param description what it was when it was claimed; empty if it waits, could not be read, or is
 *     of an older version's journal
 * @param attempts in the order that they began; empty if it waits
 * @param running what it does now; empty if it does not run
 */
public record TaskStory(
    TaskLine line,
    Optional<TaskDescription> description,
    List<AttemptStory> attempts,
    Optional<RunningTask> running) {
  public TaskStory {
    attempts = List.copyOf(attempts);
  }
}
