package io.numa.avatar.task;

import java.util.OptionalInt;

/**
 * What stopped a task, where, and why.
 *
 * @param message one or a few lines, fit to show to the task's author
 * @param exitCode the exit code of the failed command, if a command failed
 */
public record Failure(Stage stage, FailureKind kind, String message, OptionalInt exitCode) {
  public Failure(Stage stage, FailureKind kind, String message) {
    this(stage, kind, message, OptionalInt.empty());
  }
}
