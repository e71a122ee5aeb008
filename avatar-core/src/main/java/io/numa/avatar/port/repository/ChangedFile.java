package io.numa.avatar.port.repository;

import io.numa.avatar.plan.WorkspacePath;

/**
 * A file, link or submodule that a task has added, changed or deleted.
 *
 * @param size of what it is now, in bytes; 0 where it is gone
 */
public record ChangedFile(WorkspacePath path, long size) {}
