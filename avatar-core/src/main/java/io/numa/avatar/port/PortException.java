package io.numa.avatar.port;

import static java.util.Objects.requireNonNull;

import io.numa.avatar.task.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * A call of a port failed. The message reads {@code could not <verb> <object>: <reason>}, may be
 * shown to every person, and contains no secret.
 */
public class PortException extends RuntimeException {
  private final FailureKind kind;

  public PortException(FailureKind kind, String message) {
    this(kind, message, null);
  }

  public PortException(FailureKind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** The message given to the constructor; never null. */
  @Override
  public String getMessage() {
    return requireNonNull(super.getMessage());
  }

  public FailureKind kind() {
    return kind;
  }

  /** Whether the same call may succeed later. The adapter has already tried more than once. */
  public boolean retryable() {
    return kind.retryable();
  }
}
