package io.numa.avatar.run;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.repository.LocalCommit;
import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.port.repository.TransferProgress;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.agent.AgentReport;

/**
 * Observes running attempts, to show them to a user. Each method is called on the attempt's thread,
 * except {@link #transferred}, {@link #printed} and {@link #worked}. An implementation must not
 * block for long, and must not throw.
 */
public interface RunListener {
  /** Ignores all events. */
  RunListener NONE = new RunListener() {};

  /** The backend has confirmed that the task is ours. */
  default void began(Task task, Attempt attempt) {}

  default void entered(TaskId task, Stage stage) {}

  /** A clone made progress. */
  default void transferred(TaskId task, TransferProgress progress) {}

  /**
   * The attempt's log grew by {@code text}, in which secrets are redacted; not always whole lines.
   */
  default void printed(TaskId task, String text) {}

  /**
   * A coding agent said or did something.
   *
   * @param newest in a line, without secrets
   */
  default void worked(TaskId task, AgentReport report, String newest) {}

  /** All steps are done. The change can be read until this method returns. */
  default void developed(TaskId task, StagedChange change) {}

  /**
   * A commit was made that is not pushed, see {@link RunSettings.Delivery#KEEP}. It can be read
   * until this method returns.
   */
  default void kept(TaskId task, LocalCommit commit) {}

  /** The work is over, and only reports remain to be sent. That lasts as long as an outage. */
  default void reporting(TaskId task, TaskOutcome outcome) {}

  /** The attempt is over, and its reporting has ended. */
  default void ended(TaskId task, TaskOutcome outcome) {}
}
