package io.numa.avatar.git.forge;

import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;

/** The service understood what it was asked, and does not do it. */
final class RefusedException extends PortException {
  RefusedException(FailureKind kind, String message) {
    super(kind, message);
  }
}
