package io.numa.avatar.port;

import io.numa.avatar.task.FailureKind;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A server cannot be reached, or does not do its work at present; a later call may succeed. The
 * adapter logs the beginning and the end of the outage once each, so a caller that tries again logs
 * the failure at debug level only.
 */
public final class OutageException extends PortException {
  private final transient Optional<Instant> offUntil;

  public OutageException(String message, @Nullable Throwable cause) {
    this(message, cause, Optional.empty());
  }

  /**
   * @param offUntil until when no such call is made, because too many have failed
   */
  public OutageException(String message, @Nullable Throwable cause, Optional<Instant> offUntil) {
    super(FailureKind.UNAVAILABLE, message, cause);
    this.offUntil = offUntil;
  }

  /** Until when no such call is made; empty if the call was made, or the time is not known. */
  public Optional<Instant> offUntil() {
    return offUntil;
  }
}
