package io.numa.avatar.task;

/** Where a task stands, for the backend. */
public enum TaskState {
  TODO,
  IN_PROGRESS,
  DONE,
  FAILED,
  CANCELLED,
  /** A word that this avatar does not know, or none. */
  UNKNOWN
}
