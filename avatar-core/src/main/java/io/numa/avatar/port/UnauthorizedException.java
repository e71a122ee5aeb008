package io.numa.avatar.port;

import io.numa.avatar.task.FailureKind;

/** The backend refused this avatar's credentials; no later call will do better. */
public final class UnauthorizedException extends PortException {
  public UnauthorizedException(String message) {
    super(FailureKind.UNAUTHORIZED, message);
  }
}
