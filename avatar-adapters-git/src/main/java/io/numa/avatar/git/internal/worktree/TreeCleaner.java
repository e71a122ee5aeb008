package io.numa.avatar.git.internal.worktree;

import io.numa.avatar.git.internal.support.Folders;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.workspace.FileNames;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jgit.lib.Constants;
import org.jspecify.annotations.Nullable;

/**
 * Removes from a working tree all files that may have changed since they were written, and finds
 * untracked files. After that, the snapshot says exactly which files are there.
 */
final class TreeCleaner {
  private final TreeScan scan;

  TreeCleaner(TreeScan scan) {
    this.scan = scan;
  }

  /** Cleans a tree, except the {@code .git} in its root. */
  void clean(SnapshotFolder root, Path directory) throws IOException {
    if (scan.leadsToTouched(root)) {
      cleanFolder(root, directory, true);
    }
  }

  private void cleanFolder(SnapshotFolder folder, Path path, boolean top) throws IOException {
    folder.unsettle();
    if (scan.isTouched(folder)) {
      Map<String, Path> there = children(path, top);
      for (SnapshotEntry entry : folder.entries()) {
        Path found = there.remove(entry.text());
        if (!isAsWritten(entry, found)) {
          takeOut(entry, found);
        }
      }
      folder.untracked().clear();
      folder.untracked().addAll(there.keySet());
    }
    for (SnapshotEntry entry : folder.entries()) {
      SnapshotFolder inner = entry.folder();
      if (inner != null && inner.stamp() != null && scan.leadsToTouched(inner)) {
        cleanFolder(inner, FileNames.resolve(path, entry.name()), false);
      }
    }
  }

  private static Map<String, Path> children(Path folder, boolean top) throws IOException {
    Map<String, Path> children = new HashMap<>();
    for (Path child : Folders.children(folder)) {
      children.put(WorkspacePath.decode(FileNames.bytes(child.getFileName())), child);
    }
    if (top) {
      children.remove(Constants.DOT_GIT);
    }
    return children;
  }

  private boolean isAsWritten(SnapshotEntry entry, @Nullable Path found) {
    return entry.isLeftOut() ? found == null : found != null && !scan.isUnsure(entry);
  }

  private static void takeOut(SnapshotEntry entry, @Nullable Path found) throws IOException {
    if (found != null) {
      Folders.delete(found);
    }
    entry.forget();
  }
}
