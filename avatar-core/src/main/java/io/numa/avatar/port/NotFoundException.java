package io.numa.avatar.port;

import io.numa.avatar.task.FailureKind;

/** The requested task, application, repository or branch does not exist. */
public final class NotFoundException extends PortException {
  public NotFoundException(String message) {
    super(FailureKind.NOT_FOUND, message);
  }
}
