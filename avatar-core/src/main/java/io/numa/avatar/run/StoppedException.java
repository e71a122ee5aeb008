package io.numa.avatar.run;

import static java.util.Objects.requireNonNull;

import io.numa.avatar.task.FailureKind;
import java.util.OptionalInt;

/** A stage cannot go on, for a reason that lies in the task; becomes its failure. */
public final class StoppedException extends Exception {
  private final FailureKind kind;
  private final transient OptionalInt exitCode;

  public StoppedException(FailureKind kind, String message) {
    this(kind, message, OptionalInt.empty());
  }

  public StoppedException(FailureKind kind, String message, OptionalInt exitCode) {
    super(message);
    this.kind = kind;
    this.exitCode = exitCode;
  }

  /** The message given at birth; never null. */
  @Override
  public String getMessage() {
    return requireNonNull(super.getMessage());
  }

  /** The same, with another line to its message. */
  StoppedException with(String line) {
    return new StoppedException(kind, getMessage() + "\n" + line, exitCode);
  }

  public FailureKind kind() {
    return kind;
  }

  /** Of the command that failed, where one did. */
  public OptionalInt exitCode() {
    return exitCode;
  }
}
