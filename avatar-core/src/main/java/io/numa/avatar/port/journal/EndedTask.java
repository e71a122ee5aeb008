package io.numa.avatar.port.journal;

import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.TaskId;
import java.time.Instant;
import java.util.List;

/**
 * A task that needs no more work and no more reports.
 *
 * @param at when its last attempt was settled, in whole milliseconds
 * @param attempts its attempts, in any order
 */
public record EndedTask(TaskId task, Instant at, List<AttemptId> attempts) {
  public EndedTask {
    attempts = List.copyOf(attempts);
  }
}
