package io.numa.avatar.backend;

import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A failure of one try that the next one may not see. */
final class TransientException extends PortException {
  private final boolean away;
  private final transient Duration retryAfter;

  /**
   * @param away whether the backend as a whole seems to be away
   * @param retryAfter what the backend asked for; zero where it asked for nothing
   */
  TransientException(
      FailureKind kind,
      String message,
      boolean away,
      Duration retryAfter,
      @Nullable Throwable cause) {
    super(kind, message, cause);
    this.away = away;
    this.retryAfter = retryAfter;
  }

  boolean away() {
    return away;
  }

  Duration retryAfter() {
    return retryAfter;
  }
}
