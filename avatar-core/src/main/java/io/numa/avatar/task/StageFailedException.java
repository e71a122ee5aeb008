package io.numa.avatar.task;

import static java.util.Objects.requireNonNull;

import java.util.OptionalInt;

/** A stage cannot go on, for a reason that lies in the task; becomes its failure. */
public final class StageFailedException extends Exception {
  private final FailureKind kind;
  private final transient OptionalInt exitCode;

  public StageFailedException(FailureKind kind, String message) {
    this(kind, message, OptionalInt.empty());
  }

  public StageFailedException(FailureKind kind, String message, OptionalInt exitCode) {
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
  public StageFailedException with(String line) {
    return new StageFailedException(kind, getMessage() + "\n" + line, exitCode);
  }

  public FailureKind kind() {
    return kind;
  }

  /** Of the command that failed, where one did. */
  public OptionalInt exitCode() {
    return exitCode;
  }
}
