package io.numa.avatar.git.settings;

import io.numa.avatar.plan.WorkspacePath;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The folders of a repository that are in the tree, as with {@code git sparse-checkout set --cone}:
 * each with everything beneath it. Of the root and the parent folders, the direct files are in the
 * tree, too.
 *
 * @param folders without slashes at their ends; when empty, the whole repository
 */
public record SparseCone(Set<String> folders) {
  /** The whole repository. */
  public static final SparseCone ALL = new SparseCone(Set.of());

  public SparseCone {
    folders = Set.copyOf(folders);
  }

  /**
   * Reads folders from the configuration.
   *
   * @throws IllegalArgumentException with a message for the operator, if one cannot be a folder of
   *     a repository
   */
  public static SparseCone of(List<String> folders) {
    Set<String> values = new HashSet<>();
    folders.forEach(folder -> values.add(new WorkspacePath(folder).value()));
    return new SparseCone(values);
  }

  /** Whether a folder is in the tree, with everything beneath it or with its direct files only. */
  public boolean includesFolder(String path) {
    if (folders.isEmpty() || path.isEmpty() || isBelow(path)) {
      return true;
    }
    String prefix = path + "/";
    return folders.stream().anyMatch(folder -> folder.startsWith(prefix));
  }

  /** Whether a file, link or submodule is in the tree: this is so if its folder is. */
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
