package io.numa.avatar.journal;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * The state directory, or the journal in it, cannot be used. The message is for the operator: it
 * names the directory or the file, the reason, and what to do. Nothing in the directory was
 * changed.
 */
public final class StateException extends RuntimeException {
  StateException(String message) {
    this(message, null);
  }

  StateException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The message; never null. */
  @Override
  public String getMessage() {
    return requireNonNull(super.getMessage());
  }
}
