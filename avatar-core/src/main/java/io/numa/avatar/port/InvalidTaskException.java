package io.numa.avatar.port;

import static java.util.Objects.requireNonNull;

import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskState;
import java.util.List;

/** A task or its application is there, but cannot be worked on as it is: its author's to mend. */
public final class InvalidTaskException extends RuntimeException {
  private final transient TaskState state;

  /**
   * @param state of the task, as far as it could be read
   * @param problems all of them, each naming its field
   */
  public InvalidTaskException(TaskId task, TaskState state, List<String> problems) {
    super("task " + task + " cannot be worked on: " + String.join("; ", problems));
    this.state = state;
  }

  /** The message given at birth; never null. */
  @Override
  public String getMessage() {
    return requireNonNull(super.getMessage());
  }

  public TaskState state() {
    return state;
  }
}
