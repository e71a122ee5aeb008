package io.numa.avatar.nats.internal.connect;

import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;

/** A call got no answer. The server may have done what it was asked for. */
final class NoAnswerException extends PortException {
  private static final long serialVersionUID = 1L;

  NoAnswerException(String message, Throwable cause) {
    super(FailureKind.UNAVAILABLE, message, cause);
  }
}
