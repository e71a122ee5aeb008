package io.numa.avatar.backend;

import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A failure of one try that the next one may not see. */
final class TransientException extends PortException {
  private final transient Duration retryAfter;

  /**
   * @param retryAfter what the backend asked for; zero where it asked for nothing
   */
  TransientException(
      FailureKind kind, String message, Duration retryAfter, @Nullable Throwable cause) {
    super(kind, message, cause);
    this.retryAfter = retryAfter;
  }

  Duration retryAfter() {
    return retryAfter;
  }
}
