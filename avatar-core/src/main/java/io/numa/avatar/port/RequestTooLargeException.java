package io.numa.avatar.port;

import io.numa.avatar.task.FailureKind;

/** A server takes no request of that size; a smaller one may succeed. */
public final class RequestTooLargeException extends PortException {
  public RequestTooLargeException(String message) {
    super(FailureKind.INTERNAL, message);
  }
}
