package io.numa.avatar.workspace;

import static java.util.Objects.requireNonNull;

import io.numa.avatar.task.FailureKind;
import java.io.IOException;

/** A path cannot be used as requested. */
public final class WorkspaceException extends IOException {
  private final FailureKind kind;

  private WorkspaceException(FailureKind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** The path leads out of the workspace or to a protected place. */
  static WorkspaceException denied(String message) {
    return new WorkspaceException(FailureKind.DENIED, message);
  }

  /** The tree is not as the step requires. */
  static WorkspaceException conflict(String message) {
    return new WorkspaceException(FailureKind.CONFLICT, message);
  }

  /** The message given to the constructor; never null. */
  @Override
  public String getMessage() {
    return requireNonNull(super.getMessage());
  }

  /** {@code DENIED} or {@code CONFLICT}. */
  public FailureKind kind() {
    return kind;
  }
}
