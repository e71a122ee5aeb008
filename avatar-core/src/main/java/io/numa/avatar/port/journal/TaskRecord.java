package io.numa.avatar.port.journal;

import io.numa.avatar.task.TaskId;
import java.util.List;
import java.util.Optional;

/**
 * All that the journal keeps of a task.
 *
 * @param description empty as the line's title is
 * @param attempts in the order that they began; empty if the task waits
 */
public record TaskRecord(
    TaskLine line, Optional<TaskDescription> description, List<AttemptRecord> attempts) {
  public TaskRecord {
    attempts = attempts.stream().sorted(AttemptRecord.BY_BEGIN).toList();
  }

  /** A task that was announced, but not begun. */
  public static TaskRecord waiting(TaskId task) {
    return new TaskRecord(TaskLine.waiting(task), Optional.empty(), List.of());
  }
}
