package io.numa.avatar.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.util.Objects.requireNonNull;

import io.numa.avatar.workspace.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.dircache.DirCacheIterator;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.FileTreeIterator;
import org.eclipse.jgit.treewalk.NameConflictTreeWalk;
import org.eclipse.jgit.treewalk.WorkingTreeIterator;
import org.eclipse.jgit.treewalk.WorkingTreeOptions;
import org.eclipse.jgit.util.FS;

/** Restores the folder of a working copy to a tree. */
final class FolderRestore {
  private final Repository repository;
  private final FolderFiles files;

  FolderRestore(Repository repository, FolderFiles files) {
    this.repository = repository;
    this.files = files;
  }

  /**
   * Restores the folder.
   *
   * @param base the commit whose files are tracked, even if they are ignored
   */
  void restore(ObjectId tree, ObjectId base) throws IOException {
    DirCache wanted = files.entries(tree);
    try (Change change = files.begin()) {
      for (int i = 0; i < wanted.getEntryCount(); i++) {
        if (!isThere(wanted.getEntry(i))) {
          clearTheWay(path(wanted.getEntry(i)));
          files.write(wanted.getEntry(i), change);
        }
      }
      change.keep();
    }
    List<Path> untracked = untracked(wanted, files.entries(base));
    while (!untracked.isEmpty()) { // a removed file may have held ignore rules
      for (Path path : untracked) {
        remove(path);
      }
      untracked = untracked(wanted, files.entries(base));
    }
  }

  private Path path(DirCacheEntry entry) {
    return files.directory().resolve(entry.getPathString());
  }

  private boolean isThere(DirCacheEntry entry) throws IOException {
    Path path = path(entry);
    for (Path above = requireNonNull(path.getParent());
        !above.equals(files.directory());
        above = requireNonNull(above.getParent())) {
      if (!Files.isDirectory(above, NOFOLLOW_LINKS)) {
        return false;
      }
    }
    if (entry.getFileMode().equals(FileMode.GITLINK)) {
      return Files.isDirectory(path, NOFOLLOW_LINKS);
    }
    byte[] content = repository.open(entry.getObjectId()).getBytes();
    if (entry.getFileMode().equals(FileMode.SYMLINK)) {
      return Files.isSymbolicLink(path)
          && Files.readSymbolicLink(path).toString().equals(new String(content, UTF_8));
    }
    return Files.isRegularFile(path, NOFOLLOW_LINKS)
        && Files.isExecutable(path) == entry.getFileMode().equals(FileMode.EXECUTABLE_FILE)
        && Arrays.equals(Files.readAllBytes(path), content);
  }

  private void clearTheWay(Path path) throws IOException {
    Path at = files.directory();
    for (Path name : files.directory().relativize(path)) {
      at = at.resolve(name);
      if (at.equals(path) || !Files.isDirectory(at, NOFOLLOW_LINKS)) {
        FolderFiles.delete(at);
      }
    }
  }

  private void remove(Path path) throws IOException {
    FolderFiles.delete(path);
    for (Path above = requireNonNull(path.getParent());
        !above.equals(files.directory()) && isEmpty(above);
        above = requireNonNull(above.getParent())) {
      Files.delete(above);
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (var children = Files.list(folder)) {
      return children.findAny().isEmpty();
    }
  }

  private List<Path> untracked(DirCache wanted, DirCache base) throws IOException {
    List<Path> untracked = new ArrayList<>();
    try (var walk = new NameConflictTreeWalk(repository)) {
      walk.addTree(new DirCacheIterator(wanted));
      var options = new Config().get(WorkingTreeOptions.KEY);
      walk.addTree(new FileTreeIterator(files.directory().toFile(), FS.DETECTED, options));
      walk.addTree(new DirCacheIterator(base));
      walk.getTree(1, WorkingTreeIterator.class).setDirCacheIterator(walk, 0);
      while (walk.next()) {
        WorkingTreeIterator file = walk.getTree(1, WorkingTreeIterator.class);
        boolean tracked = walk.getTree(0, DirCacheIterator.class) != null;
        boolean known = tracked || walk.getTree(2, DirCacheIterator.class) != null;
        if (file == null || (!known && (file.isEntryIgnored() || FolderFiles.isState(walk)))) {
          continue;
        }
        if (walk.getFileMode(0).equals(FileMode.GITLINK)) {
          continue;
        }
        if (file.getEntryFileMode().equals(FileMode.TREE)) {
          walk.enterSubtree();
        } else if (!tracked) {
          untracked.add(files.directory().resolve(walk.getPathString()));
        }
      }
    }
    return untracked;
  }
}
