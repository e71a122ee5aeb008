package io.numa.avatar.port.repository;

import io.numa.avatar.plan.WorkspacePath;
import java.util.HashSet;
import java.util.Set;

/**
 * Where the tree of a working copy may be another than was checked out.
 *
 * @param anywhere whether the paths are unknown, because commands have run in it
 * @param paths else where something was put, or taken from with all that was beneath
 */
public record ChangedPaths(boolean anywhere, Set<WorkspacePath> paths) {
  /** Anywhere. */
  public static final ChangedPaths ANYWHERE = new ChangedPaths(true, Set.of());

  /** Nowhere. */
  public static final ChangedPaths NOWHERE = new ChangedPaths(false, Set.of());

  public ChangedPaths {
    paths = Set.copyOf(paths);
  }

  /** Here as well as there. */
  public ChangedPaths and(Set<WorkspacePath> more) {
    if (anywhere) {
      return this;
    }
    Set<WorkspacePath> all = new HashSet<>(paths);
    all.addAll(more);
    return new ChangedPaths(false, all);
  }
}
