package io.numa.avatar.git.internal.worktree;

import io.numa.avatar.git.internal.attributes.FolderRules;
import io.numa.avatar.git.internal.support.SmallFile;
import io.numa.avatar.plan.WorkspacePath;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectReader;
import org.jspecify.annotations.Nullable;

/** The rules that a Git tree has for its own paths, with any rule files on disk. */
final class TreeRules {
  private final ObjectReader objects;
  private final DirCache tree;

  // By path, as text; empty for the root, else ending in a slash.
  private final Map<String, FolderRules> folders = new HashMap<>();

  TreeRules(ObjectReader objects, DirCache tree) {
    this.objects = objects;
    this.tree = tree;
  }

  /** The rules of the folder in which a path is. */
  FolderRules of(WorkspacePath path) throws IOException {
    FolderRules rules = folder(null, "");
    for (int end = path.value().indexOf('/'); end >= 0; end = path.value().indexOf('/', end + 1)) {
      rules = folder(rules, path.value().substring(0, end + 1));
    }
    return rules;
  }

  private FolderRules folder(@Nullable FolderRules above, String folder) throws IOException {
    FolderRules known = folders.get(folder);
    if (known == null) {
      known = new FolderRules(above, name -> read(folder + name), folder);
      folders.put(folder, known);
    }
    return known;
  }

  private SmallFile read(String path) throws IOException {
    byte[] bytes = WorkspacePath.encode(path);
    int at = tree.findEntry(bytes, bytes.length);
    DirCacheEntry entry = at < 0 ? null : tree.getEntry(at);
    return entry == null || (entry.getRawMode() & FileMode.TYPE_MASK) != FileMode.TYPE_FILE
        ? SmallFile.EMPTY
        : SmallFile.read(path, objects, entry.getObjectId());
  }
}
