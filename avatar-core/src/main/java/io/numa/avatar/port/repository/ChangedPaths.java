package io.numa.avatar.port.repository;

import io.numa.avatar.plan.WorkspacePath;
import java.util.HashSet;
import java.util.Set;

/**
 * The paths where the tree of a working copy may differ from the checkout.
 *
 * @param anywhere whether any path may differ, because commands have run in the tree
 * @param paths otherwise, the paths that were written, or removed with all their contents
 */
public record ChangedPaths(boolean anywhere, Set<WorkspacePath> paths) {
  /** Any path may differ. */
  public static final ChangedPaths ANYWHERE = new ChangedPaths(true, Set.of());

  /** No path differs. */
  public static final ChangedPaths NOWHERE = new ChangedPaths(false, Set.of());

  public ChangedPaths {
    paths = Set.copyOf(paths);
  }

  /** These paths and {@code more}. */
  public ChangedPaths and(Set<WorkspacePath> more) {
    if (anywhere) {
      return this;
    }
    Set<WorkspacePath> all = new HashSet<>(paths);
    all.addAll(more);
    return new ChangedPaths(false, all);
  }
}
