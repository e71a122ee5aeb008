package io.numa.avatar.port.journal;

import io.numa.avatar.task.TaskId;
import java.time.Instant;
import java.util.Optional;

/**
 * A task in a list. Its texts are without secrets, but otherwise as the task's author wrote them.
 *
 * @param title empty if the task waits, could not be read, or is of an older version's journal
 * @param branch the branch of the work; empty as the title is
 * @param startedAt when its last attempt began, in whole milliseconds; empty if it waits
 * @param endedAt when its last attempt had an outcome, in whole milliseconds
 * @param attempts how many attempts the journal has
 * @param result what its last outcome was; empty without one, and where it was not recorded
 */
public record TaskLine(
    TaskId task,
    Optional<String> title,
    Optional<String> branch,
    OutcomeWord outcome,
    Optional<Instant> startedAt,
    Optional<Instant> endedAt,
    int attempts,
    Optional<TaskResult> result) {

  /** A task that was announced, but not begun. */
  public static TaskLine waiting(TaskId task) {
    return new TaskLine(
        task,
        Optional.empty(),
        Optional.empty(),
        OutcomeWord.WAITING,
        Optional.empty(),
        Optional.empty(),
        0,
        Optional.empty());
  }
}
