package io.numa.avatar.port;

import io.numa.avatar.task.FailureKind;

/** What was asked for does not exist. */
public final class NotFoundException extends PortException {
  public NotFoundException(String message) {
    super(FailureKind.NOT_FOUND, message);
  }
}
