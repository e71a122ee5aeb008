package io.numa.avatar.port.journal;

import io.numa.avatar.task.TaskId;
import java.util.Optional;

/**
 * The part of a {@link Journal} that tells people of tasks: of those that wait, those that run, and
 * those that have ended and are not forgotten, and of what agents have spent. Safe for use by
 * several threads.
 */
public interface TaskHistory extends SpendingHistory {
  /**
   * Lists tasks, the newest first: those that wait, the last announced one before the others, and
   * then those that have begun, by the time of their last attempt.
   *
   * @throws IllegalArgumentException if {@link TaskQuery#after} is not from a page of this journal
   */
  TaskPage page(TaskQuery query);

  /** All that is kept of a task; empty if the journal does not have it. */
  Optional<TaskRecord> record(TaskId task);

  /** What is still to be done. */
  OpenWork openWork();
}
