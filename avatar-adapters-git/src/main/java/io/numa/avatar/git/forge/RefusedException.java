package io.numa.avatar.git.forge;

import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;

/** The service understood the request and refused it; a retry would not help. */
final class RefusedException extends PortException {
  RefusedException(FailureKind kind, String message) {
    super(kind, message);
  }
}
