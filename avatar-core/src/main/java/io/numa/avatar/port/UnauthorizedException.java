package io.numa.avatar.port;

import io.numa.avatar.task.FailureKind;

/** The backend refused this avatar's credentials. Later calls with them will fail, too. */
public final class UnauthorizedException extends PortException {
  public UnauthorizedException(String message) {
    super(FailureKind.UNAUTHORIZED, message);
  }
}
