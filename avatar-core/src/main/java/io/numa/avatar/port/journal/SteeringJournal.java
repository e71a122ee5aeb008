package io.numa.avatar.port.journal;

import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.agent.SteeringMessage;
import java.util.List;

/**
 * The part of a {@link Journal} that records what people tell the coding agents of tasks. An
 * accepted message is kept until the task is done, or is forgotten: the agent of a later attempt
 * gets it, too.
 */
public interface SteeringJournal {
  /**
   * Accepts a message, unless the task has one with its id.
   *
   * @return whether it is new
   */
  boolean steer(TaskId task, SteeringMessage message);

  /** Records that the agent of an attempt has a message. Keeps an earlier record of that. */
  void steered(TaskId task, String message, AttemptId attempt);

  /** The messages of a task, in the order in which they were accepted. */
  List<SteeringRecord> steering(TaskId task);
}
