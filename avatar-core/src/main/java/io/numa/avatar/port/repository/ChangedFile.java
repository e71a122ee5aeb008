package io.numa.avatar.port.repository;

import io.numa.avatar.plan.WorkspacePath;

/**
 * A file, link or submodule that a task has added, changed or deleted.
 *
 * @param size the current size in bytes; 0 if it was deleted
 */
public record ChangedFile(WorkspacePath path, long size) {}
