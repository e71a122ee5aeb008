package io.numa.avatar.port;

import static java.util.Objects.requireNonNull;

import io.numa.avatar.task.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * The world did not do what a port asked of it. The message reads {@code could not <verb> <object>:
 * <reason>}, is fit to be shown to every person, and has no secret in it.
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

  /** The message given at birth; never null. */
  @Override
  public String getMessage() {
    return requireNonNull(super.getMessage());
  }

  public FailureKind kind() {
    return kind;
  }

  /** Whether the same call may well succeed later; the adapter has already tried more than once. */
  public boolean retryable() {
    return kind.retryable();
  }
}
