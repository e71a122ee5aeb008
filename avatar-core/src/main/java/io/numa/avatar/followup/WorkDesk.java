package io.numa.avatar.followup;

import io.numa.avatar.task.TaskId;

/** Carries out the tasks that the look-out decides on. Safe for use by several threads. */
public interface WorkDesk {
  /** Whether another task could begin now. */
  boolean hasRoom();

  /** Whether a task waits here, is being worked on, or was left by a previous process. */
  boolean has(TaskId task);

  /** Has a task carried out, unless it is here already. Returns at once. */
  void offer(TaskId task);
}
