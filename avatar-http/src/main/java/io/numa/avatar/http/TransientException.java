package io.numa.avatar.http;

import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A failure of one try that the next one may not see. */
public final class TransientException extends PortException {
  private final boolean away;
  private final transient Duration retryAfter;

  /**
   * @param away whether the server as a whole seems to be away
   * @param retryAfter how long the server asked to be left alone; zero where it did not ask
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

  /** A failure of a server that answers, and asks for no pause. */
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
