package io.numa.avatar.task;

import static java.util.Objects.requireNonNull;

import java.util.OptionalInt;

/** A stage cannot continue because of the task itself. It becomes the task's failure. */
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

  /** The message given to the constructor; never null. */
  @Override
  public String getMessage() {
    return requireNonNull(super.getMessage());
  }

  /** A copy with one more line in its message. */
  public StageFailedException with(String line) {
    return new StageFailedException(kind, getMessage() + "\n" + line, exitCode);
  }

  public FailureKind kind() {
    return kind;
  }

  /** The exit code of the failed command, if a command failed. */
  public OptionalInt exitCode() {
    return exitCode;
  }
}
