package io.numa.avatar.run;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.port.repository.TransferProgress;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;

/**
 * Watches attempts as they go, to show them to a user. Called on the attempt's own thread, but for
 * {@link #transferred} and {@link #printed}; must not block for long, nor throw.
 */
public interface RunListener {
  /** Watches nothing. */
  RunListener NONE = new RunListener() {};

  /** The task is ours, and the backend knows. */
  default void began(Task task, Attempt attempt) {}

  default void entered(TaskId task, Stage stage) {}

  /** A clone goes on. */
  default void transferred(TaskId task, TransferProgress progress) {}

  /** The attempt's log grew by {@code text}, secrets hidden; not always whole lines. */
  default void printed(TaskId task, String text) {}

  /** All steps are done; the change may be read until this method returns. */
  default void developed(TaskId task, StagedChange change) {}

  /** The attempt is over, and its reports are delivered as far as they ever will be. */
  default void ended(TaskId task, TaskOutcome outcome) {}
}
