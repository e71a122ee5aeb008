package io.numa.avatar.git;

import io.numa.avatar.plan.WorkspacePath;
import java.util.HashSet;
import java.util.Set;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;

/** What a sparse tree leaves out, which stays as it is unless something else took its place. */
final class OutsideCone {
  private final SparseCone cone;
  private final Set<String> files = new HashSet<>();
  private final Set<String> folders = new HashSet<>();

  OutsideCone(SparseCone cone) {
    this.cone = cone;
  }

  /** Notes what was found in the tree. */
  void found(String path) {
    if (!cone.folders().isEmpty()) {
      files.add(path);
      for (int end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
        if (!folders.add(path.substring(0, end))) {
          return;
        }
      }
    }
  }

  /** Adds the base commit's entries that the tree leaves out. */
  void addTo(DirCacheBuilder tree, DirCache base) {
    if (cone.folders().isEmpty()) {
      return;
    }
    for (int i = 0; i < base.getEntryCount(); i++) {
      DirCacheEntry entry = base.getEntry(i);
      String path = WorkspacePath.decode(entry.getRawPath());
      if (!cone.includesFile(path) && !isTaken(path)) {
        var kept = new DirCacheEntry(entry.getRawPath());
        kept.setFileMode(entry.getFileMode());
        kept.setObjectId(entry.getObjectId());
        tree.add(kept);
      }
    }
  }

  private boolean isTaken(String path) {
    if (folders.contains(path)) {
      return true;
    }
    for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
      if (files.contains(path.substring(0, end))) {
        return true;
      }
    }
    return false;
  }
}
