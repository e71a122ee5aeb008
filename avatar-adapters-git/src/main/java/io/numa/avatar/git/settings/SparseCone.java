package io.numa.avatar.git.settings;

import io.numa.avatar.plan.WorkspacePath;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The folders of a repository that are in the tree, as with {@code git sparse-checkout set --cone}:
 * each with all that is in it, and of the folders above it and the root, the files right there.
 *
 * @param folders without slashes at their ends; all there is when empty
 */
public record SparseCone(Set<String> folders) {
  /** All of a repository. */
  public static final SparseCone ALL = new SparseCone(Set.of());

  public SparseCone {
    folders = Set.copyOf(folders);
  }

  /**
   * Reads folders as people write them.
   *
   * @throws IllegalArgumentException with a message for people, if one is no folder of a repository
   */
  public static SparseCone of(List<String> folders) {
    Set<String> values = new HashSet<>();
    folders.forEach(folder -> values.add(new WorkspacePath(folder).value()));
    return new SparseCone(values);
  }

  /** Whether a folder is in the tree, with all that is in it or with its files alone. */
  public boolean includesFolder(String path) {
    if (folders.isEmpty() || path.isEmpty() || isBelow(path)) {
      return true;
    }
    String prefix = path + "/";
    return folders.stream().anyMatch(folder -> folder.startsWith(prefix));
  }

  /** Whether a file, link or submodule is in the tree: whether the folder is that it is in. */
  public boolean includesFile(String path) {
    return includesFolder(path.substring(0, Math.max(0, path.lastIndexOf('/'))));
  }

  private boolean isBelow(String path) {
    for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
      if (folders.contains(path.substring(0, end))) {
        return true;
      }
    }
    return false;
  }
}
