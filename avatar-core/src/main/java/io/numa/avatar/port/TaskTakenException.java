package io.numa.avatar.port;

import io.numa.avatar.task.FailureKind;

/** Another avatar has the task. This avatar must send nothing more about it. */
public final class TaskTakenException extends PortException {
  public TaskTakenException(String message) {
    super(FailureKind.TAKEN, message);
  }
}
