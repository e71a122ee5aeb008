package io.numa.avatar.operation;

import io.numa.avatar.port.journal.OutcomeWord;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.TaskId;
import java.time.Instant;

/** Something that a watcher may want to show at once. Its texts are without secrets. */
public sealed interface OperationEvent {
  /** An attempt at a task has begun. */
  record Began(TaskId task, String title, Instant at) implements OperationEvent {}

  /** The attempt has entered a stage. */
  record Entered(TaskId task, Stage stage, Instant at) implements OperationEvent {}

  /**
   * The log has grown; {@link Overview#log} gives the text. Of several such events of one task that
   * a watcher has not taken yet, it gets one.
   */
  record Printed(TaskId task) implements OperationEvent {}

  /** A coding agent said or did something; {@link Overview#status} says what. */
  record Worked(TaskId task) implements OperationEvent {}

  /** The work is over, and only reports remain to be sent. */
  record Reporting(TaskId task, OutcomeWord outcome, Instant at) implements OperationEvent {}

  /** The attempt is over, and so are its reports. */
  record Ended(TaskId task, OutcomeWord outcome, Instant at) implements OperationEvent {}

  /** The state of the avatar has changed, or what it waits for. */
  record Changed() implements OperationEvent {}

  /** The watcher was too slow, so events were left out here; it has to look at everything anew. */
  record Missed() implements OperationEvent {}
}
