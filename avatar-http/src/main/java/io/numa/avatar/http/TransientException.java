package io.numa.avatar.http;

import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A failure of one try; the next try may succeed. */
public final class TransientException extends PortException {
  private final boolean away;
  private final transient Duration retryAfter;

  /**
   * @param away whether the whole server seems to be unreachable
   * @param retryAfter the pause that the server asked for; zero if it asked for none
   */
  public TransientException(
      FailureKind kind,
      String message,
      boolean away,
      Duration retryAfter,
      @Nullable Throwable cause) {
    super(kind, message, cause);
    this.away = away;
    this.retryAfter = retryAfter;
  }

  /** A failure of a server that answers and asks for no pause. */
  public TransientException(FailureKind kind, String message) {
    this(kind, message, false, Duration.ZERO, null);
  }

  boolean away() {
    return away;
  }

  Duration retryAfter() {
    return retryAfter;
  }
}
