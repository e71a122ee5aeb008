package io.numa.avatar.git.internal.worktree;

import io.numa.avatar.plan.WorkspacePath;
import org.jspecify.annotations.Nullable;

/**
 * The files of the base commit as they were written into a working tree.
 *
 * @param writtenBy a time of the file system's clock, in nanoseconds, before any command could
 *     write. A command may change a file of that time or later within the same clock tick (see
 *     Git's racy-git.txt), so the file's state proves nothing
 */
public record TreeSnapshot(SnapshotFolder root, long writtenBy) {
  /** The files of a tree whose state on disk is unknown. */
  public static TreeSnapshot unknown(SnapshotFolder root) {
    return new TreeSnapshot(root, Long.MIN_VALUE);
  }

  /** Whether the state on disk is unknown. */
  boolean isUnknown() {
    return writtenBy == Long.MIN_VALUE;
  }

  /** Whether the present state proves that the entry is unchanged since it was noted. */
  boolean provesUnchanged(@Nullable FileStat noted, @Nullable FileStat now) {
    return noted != null && noted.changed() < writtenBy && noted.equals(now);
  }

  /** The base commit's file, link or submodule at a path; empty if there is none. */
  @Nullable SnapshotEntry file(String path) {
    SnapshotEntry entry = find(path);
    return entry == null || entry.isFolder() ? null : entry;
  }

  /** Whether the base commit has a folder at a path. */
  boolean holdsFolder(String path) {
    SnapshotEntry entry = find(path);
    return entry != null && entry.isFolder();
  }

  private @Nullable SnapshotEntry find(String path) {
    SnapshotFolder folder = root;
    SnapshotEntry entry = null;
    for (String name : path.split("/", -1)) {
      entry = folder == null ? null : folder.find(WorkspacePath.encode(name));
      if (entry == null) {
        return null;
      }
      folder = entry.folder();
    }
    return entry;
  }
}
