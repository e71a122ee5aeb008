package io.numa.avatar.task;

/** The state of a task at the backend. */
public enum TaskState {
  TODO,
  IN_PROGRESS,
  DONE,
  FAILED,
  CANCELLED,
  /** The backend sent no state, or one that this avatar does not know. */
  UNKNOWN;

  /** Whether no avatar has anything more to do. */
  public boolean isOver() {
    return this == DONE || this == FAILED || this == CANCELLED;
  }
}
