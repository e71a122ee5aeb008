package io.numa.avatar.journal;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * The state directory, or the journal in it, cannot be used. The message names it, says why, and
 * what to do; it is for the operator. Nothing there was changed.
 */
public final class StateException extends RuntimeException {
  StateException(String message) {
    this(message, null);
  }

  StateException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The message given at birth; never null. */
  @Override
  public String getMessage() {
    return requireNonNull(super.getMessage());
  }
}
