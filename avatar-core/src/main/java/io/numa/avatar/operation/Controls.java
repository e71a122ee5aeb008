package io.numa.avatar.operation;

import io.numa.avatar.port.PortException;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.agent.SteeringMessage;
import java.util.Optional;

/**
 * What an operator can tell a running avatar to do. Safe for use by several threads; but for {@link
 * #say}, the methods may be repeated.
 *
 * <p>Methods that write into the journal throw a {@link PortException} of kind {@code UNAVAILABLE}
 * if they cannot; nothing has been done then.
 */
public interface Controls {
  /** Takes no more tasks until {@link #resume}, also after a restart; the running ones continue. */
  void pause();

  /** Takes tasks again. */
  void resume();

  /** Takes no more tasks, and ends when the last running one is over. */
  void drain();

  /**
   * Cancels a task that runs or waits. The backend is told that the operator has cancelled it, also
   * after a restart. Returns at once; the task ends soon after.
   *
   * @return whether the task runs or waits
   */
  boolean cancel(TaskId task);

  /**
   * Makes another attempt at a task that has failed. Waits until the backend has given us the task.
   * It is refused if no slot is free, if the task is not {@code failed} at the backend any more, if
   * another avatar has it, or if the backend could not be asked.
   */
  Retry retry(TaskId task) throws InterruptedException;

  /**
   * Tells the coding agent of a running task something. When this returns, the message is recorded:
   * the agent gets it in its running turn or with its next prompt, or the agent of the next attempt
   * does. Not to be repeated: each call is another message.
   *
   * @return why the task takes no message, such as {@code no coding agent works on it}; empty if it
   *     was accepted
   */
  Optional<String> say(TaskId task, SteeringMessage message);
}
