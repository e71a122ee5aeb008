package io.numa.avatar.port;

import io.numa.avatar.task.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * A server cannot be reached, or does not do its work at present; a later call may succeed. The
 * adapter logs the beginning and the end of the outage once each, so a caller that tries again logs
 * the failure at debug level only.
 */
public final class OutageException extends PortException {
  public OutageException(String message, @Nullable Throwable cause) {
    super(FailureKind.UNAVAILABLE, message, cause);
  }
}
