package io.numa.avatar.run;

import static java.util.Objects.requireNonNull;

import io.numa.avatar.task.FailureKind;
import java.util.OptionalInt;

/** A stage cannot go on, for a reason that lies in the task; becomes its failure. */
final class StoppedException extends Exception {
  private final FailureKind kind;
  private final transient OptionalInt exitCode;

  StoppedException(FailureKind kind, String message) {
    this(kind, message, OptionalInt.empty());
  }

  StoppedException(FailureKind kind, String message, OptionalInt exitCode) {
    super(message);
    this.kind = kind;
    this.exitCode = exitCode;
  }

  /** The message given at birth; never null. */
  @Override
  public String getMessage() {
    return requireNonNull(super.getMessage());
  }

  FailureKind kind() {
    return kind;
  }

  OptionalInt exitCode() {
    return exitCode;
  }
}
