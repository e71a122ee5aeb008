package io.numa.avatar.http;

import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A failure of one try; the next try may succeed. */
public final class TransientException extends PortException {
  private final boolean away;
  private final transient Pause pause;

  /**
   * @param away whether the whole server seems to be unreachable
   * @param retryAfter the pause that the server asked for; zero if it asked for none. A call whose
   *     server asks for pauses is repeated for a limited time, not a limited number of times.
   */
  public TransientException(
      FailureKind kind,
      String message,
      boolean away,
      Duration retryAfter,
      @Nullable Throwable cause) {
    this(kind, message, away, new Pause(retryAfter, !retryAfter.isZero()), cause);
  }

  private TransientException(
      FailureKind kind, String message, boolean away, Pause pause, @Nullable Throwable cause) {
    super(kind, message, cause);
    this.away = away;
    this.pause = pause;
  }

  /** A failure of a server that answers and asks for no pause. */
  public TransientException(FailureKind kind, String message) {
    this(kind, message, false, Duration.ZERO, null);
  }

  /**
   * A failure that ends with time, such as a limit on the number of requests: the call is repeated
   * for a limited time, however often it fails in it.
   */
  public static TransientException timed(FailureKind kind, String message, Duration retryAfter) {
    return new TransientException(kind, message, false, new Pause(retryAfter, true), null);
  }

  boolean away() {
    return away;
  }

  /** Whether time limits the tries, and not their number. */
  boolean timed() {
    return pause.timed();
  }

  Duration retryAfter() {
    return pause.length();
  }

  /**
   * What the server asked for.
   *
   * @param timed whether time limits the tries, and not their number
   */
  private record Pause(Duration length, boolean timed) {}
}
