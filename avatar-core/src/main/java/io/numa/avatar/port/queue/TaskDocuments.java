package io.numa.avatar.port.queue;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.InvalidTaskException;
import io.numa.avatar.port.LogChunk;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.task.Application;
import io.numa.avatar.task.ApplicationId;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskState;
import java.util.List;
import java.util.Optional;

/**
 * Reads and writes the documents of a queue that carries whole tasks and the reports about them, so
 * that an engine's adapter need not know their shapes. Safe for use by several threads. Nothing
 * here blocks.
 */
public interface TaskDocuments {
  /**
   * Reads the task in a message.
   *
   * @param later the state that a later document tells; without it, the message's state counts
   * @param orders the orders to the avatar that has the task, the first one first; they may hold
   *     what people tell its coding agent
   * @throws InvalidTaskException if the message holds no task, or a field is missing or not valid.
   *     Its state is {@code later}, too.
   */
  Task task(TaskId id, String message, Optional<TaskState> later, List<String> orders);

  /**
   * Reads the application in a message.
   *
   * @throws io.numa.avatar.port.PortException of kind {@code INVALID_TASK} if a field is missing or
   *     not valid
   */
  Application application(ApplicationId id, String message);

  /**
   * The state that a status, or an order to the avatar that has the task, tells; {@code UNKNOWN} if
   * it tells none.
   */
  TaskState state(String document);

  /** Writes a status. */
  String status(Attempt attempt, StatusUpdate update);

  /** Writes a status without what may be left out, for an engine that takes no longer one. */
  String brief(Attempt attempt, StatusUpdate update);

  /** Writes a piece of a log. */
  String log(Attempt attempt, LogChunk chunk);
}
