package io.numa.avatar.testkit;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.workspace.Change;
import io.numa.avatar.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.dircache.DirCacheIterator;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.FileTreeIterator;
import org.eclipse.jgit.treewalk.NameConflictTreeWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.WorkingTreeIterator;
import org.eclipse.jgit.treewalk.WorkingTreeOptions;
import org.eclipse.jgit.util.FS;

/** The files of a working copy's folder, read and written as Git trees. */
final class FolderFiles {
  private static final Set<String> AGENT_STATE =
      Set.of(".claude", ".codex", ".gemini", ".opencode", ".qwen");

  private final Repository repository;
  private final Path home;

  FolderFiles(Repository repository, Path home) {
    this.repository = repository;
    this.home = home;
  }

  Path directory() {
    return home.resolve("tree").toAbsolutePath();
  }

  /** Writes a tree into a new folder. */
  void write(ObjectId tree, Path folder) throws IOException {
    Files.createDirectories(folder.resolve(".git"));
    try (Change change = Workspace.of(folder, home.resolve("scratch")).begin()) {
      change(DirCache.newInCore(), entries(tree), change);
      change.keep();
    }
  }

  /**
   * Changes the folder from one tree to another. The files of the first tree may have been changed
   * since. Other files stay.
   */
  void bring(ObjectId from, ObjectId to, ObjectId base) throws IOException {
    DirCache before = entries(from);
    DirCache there = DirCache.newInCore();
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      var builder = there.builder();
      DirCache all = read(base, inserter);
      for (int i = 0; i < all.getEntryCount(); i++) {
        if (before.getEntry(all.getEntry(i).getPathString()) != null) {
          builder.add(all.getEntry(i));
        }
      }
      builder.finish();
    }
    try (Change change = begin()) {
      change(there, entries(to), change);
      change.keep();
    }
  }

  /** Begins a change of the folder's files. */
  Change begin() throws IOException {
    return Workspace.of(directory(), home.resolve("scratch")).begin();
  }

  /** Replaces the files of one index by those of another. */
  void change(DirCache from, DirCache to, Change change) throws IOException {
    for (int i = 0; i < from.getEntryCount(); i++) {
      DirCacheEntry old = from.getEntry(i);
      if (to.getEntry(old.getPathString()) == null) {
        var path = WorkspacePath.ofGit(old.getRawPath());
        change.remove(path);
        if (path.parent().isPresent()) {
          change.removeEmpty(path.parent().get());
        }
      }
    }
    for (int i = 0; i < to.getEntryCount(); i++) {
      DirCacheEntry now = to.getEntry(i);
      DirCacheEntry old = from.getEntry(now.getPathString());
      if (old == null || !same(old, now)) {
        write(now, change);
      }
    }
  }

  private static boolean same(DirCacheEntry one, DirCacheEntry other) {
    return one.getObjectId().equals(other.getObjectId()) && one.getRawMode() == other.getRawMode();
  }

  void write(DirCacheEntry entry, Change change) throws IOException {
    var path = WorkspacePath.ofGit(entry.getRawPath());
    if (entry.getFileMode().equals(FileMode.GITLINK)) {
      change.makeFolder(path);
      return;
    }
    byte[] bytes = repository.open(entry.getObjectId()).getBytes();
    if (entry.getFileMode().equals(FileMode.SYMLINK)) {
      change.link(path, bytes);
    } else {
      change.put(path, change.draft(bytes), entry.getFileMode().equals(FileMode.EXECUTABLE_FILE));
    }
  }

  DirCache entries(ObjectId tree) throws IOException {
    try (ObjectReader reader = repository.newObjectReader()) {
      return DirCache.read(reader, tree);
    }
  }

  /** Stores the folder as a tree. */
  ObjectId readTree(ObjectId base) throws IOException {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      ObjectId tree = read(base, inserter).writeTree(inserter);
      inserter.flush();
      return tree;
    }
  }

  /**
   * Reads the folder as an index: the files of the base, and files that are neither ignored nor the
   * state of a coding agent.
   */
  DirCache read(ObjectId base, ObjectInserter inserter) throws IOException {
    DirCache now = DirCache.newInCore();
    var builder = now.builder();
    try (var walk = new NameConflictTreeWalk(repository)) {
      walk.addTree(new DirCacheIterator(entries(base)));
      var options = new Config().get(WorkingTreeOptions.KEY);
      walk.addTree(new FileTreeIterator(directory().toFile(), FS.DETECTED, options));
      walk.getTree(1, WorkingTreeIterator.class).setDirCacheIterator(walk, 0);
      while (walk.next()) {
        DirCacheIterator old = walk.getTree(0, DirCacheIterator.class);
        WorkingTreeIterator file = walk.getTree(1, WorkingTreeIterator.class);
        if (file == null || (old == null && (file.isEntryIgnored() || isState(walk)))) {
          continue;
        }
        if (old != null && old.getEntryFileMode().equals(FileMode.GITLINK)) {
          builder.add(old.getDirCacheEntry());
        } else if (file.getEntryFileMode().equals(FileMode.GITLINK)) {
          throw new PortException(
              FailureKind.DENIED,
              "could not commit '" + walk.getPathString() + "': it is a repository of its own");
        } else if (file.getEntryFileMode().equals(FileMode.TREE)) {
          walk.enterSubtree();
        } else {
          builder.add(insert(walk.getPathString(), file, inserter));
        }
      }
    }
    builder.finish();
    inserter.flush();
    return now;
  }

  /** Lists what is ignored in a folder; a folder that is ignored as a whole is listed alone. */
  List<String> ignored(Path folder, ObjectId base) throws IOException {
    List<String> ignored = new ArrayList<>();
    try (var walk = new NameConflictTreeWalk(repository)) {
      walk.addTree(new DirCacheIterator(entries(base)));
      var options = new Config().get(WorkingTreeOptions.KEY);
      walk.addTree(new FileTreeIterator(folder.toFile(), FS.DETECTED, options));
      walk.getTree(1, WorkingTreeIterator.class).setDirCacheIterator(walk, 0);
      while (walk.next()) {
        WorkingTreeIterator file = walk.getTree(1, WorkingTreeIterator.class);
        boolean tracked = walk.getTree(0, DirCacheIterator.class) != null;
        if (file == null || isState(walk)) {
          continue;
        }
        if (!tracked && file.isEntryIgnored()) {
          ignored.add(walk.getPathString());
        } else if (file.getEntryFileMode().equals(FileMode.TREE)) {
          walk.enterSubtree();
        }
      }
    }
    return ignored;
  }

  static boolean isState(TreeWalk walk) {
    return AGENT_STATE.contains(walk.getNameString()) || walk.getNameString().startsWith(".aider");
  }

  private static DirCacheEntry insert(
      String path, WorkingTreeIterator file, ObjectInserter inserter) throws IOException {
    var entry = new DirCacheEntry(path);
    entry.setFileMode(file.getEntryFileMode());
    try (var in = file.openEntryStream()) {
      entry.setObjectId(inserter.insert(Constants.OBJ_BLOB, in.readAllBytes()));
    }
    return entry;
  }

  static void delete(Path path) throws IOException {
    if (Files.isDirectory(path, NOFOLLOW_LINKS)) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
      try (var children = Files.newDirectoryStream(path)) {
        for (Path child : children) {
          delete(child);
        }
      }
    }
    Files.deleteIfExists(path);
  }
}
