package io.numa.avatar.port.repository;

import io.numa.avatar.plan.WorkspacePath;

/**
 * A file, link or submodule that a task has added, changed or deleted.
 *
 * @param size the current size in bytes; 0 if it was deleted
 */
public record ChangedFile(WorkspacePath path, long size, Kind kind) {
  /** What happened to a file. A moved file is deleted at one path and added at another. */
  public enum Kind {
    ADDED,
    /** Its content, its mode or its type changed. */
    CHANGED,
    DELETED
  }

  /** Whether the base commit has a file at this path. */
  public boolean isOfBase() {
    return kind != Kind.ADDED;
  }
}
