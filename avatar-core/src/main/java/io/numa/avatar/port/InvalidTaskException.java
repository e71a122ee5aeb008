package io.numa.avatar.port;

import static java.util.Objects.requireNonNull;

import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskState;
import java.util.List;

/** A task or its application exists but has errors. Its author must correct them. */
public final class InvalidTaskException extends RuntimeException {
  private final transient TaskState state;

  /**
   * @param state the state of the task, if it could be read
   * @param problems all errors; each names its field
   */
  public InvalidTaskException(TaskId task, TaskState state, List<String> problems) {
    super("task " + task + " cannot be worked on: " + String.join("; ", problems));
    this.state = state;
  }

  /** The message given to the constructor; never null. */
  @Override
  public String getMessage() {
    return requireNonNull(super.getMessage());
  }

  public TaskState state() {
    return state;
  }
}
