package io.numa.avatar.port;

import io.numa.avatar.task.FailureKind;

/** Another avatar holds the task, or has taken it over: leave it without a trace. */
public final class TaskTakenException extends PortException {
  public TaskTakenException(String message) {
    super(FailureKind.TAKEN, message);
  }
}
