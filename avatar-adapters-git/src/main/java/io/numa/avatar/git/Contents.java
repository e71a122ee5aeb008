package io.numa.avatar.git;

import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.workspace.Change;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/**
 * What Git has where the files of a working tree do not tell it: files whose line ends were
 * converted on their way into the tree or which a patch wrote byte by byte, links whose text Java
 * cannot keep, and submodules, of which the tree has an empty folder.
 */
final class Contents {
  private final Repository repository;
  private final DirCache base;
  private final Lfs lfs;
  private final SparseCone cone;

  // By path, as text; not every name in a tree is one that a plan may use.
  private final Map<String, Known> files = new HashMap<>();
  private final Map<String, Optional<ObjectId>> submodules = new HashMap<>();
  private final Set<String> folders = new HashSet<>();

  /**
   * @param base the entries of the commit that was checked out
   * @param lfs keeps the contents of some files
   * @param cone what of the commit is in the tree
   */
  Contents(Repository repository, DirCache base, Lfs lfs, SparseCone cone) {
    this.repository = repository;
    this.base = base;
    this.lfs = lfs;
    this.cone = cone;
  }

  Contents(Repository repository, DirCache base, Lfs lfs) {
    this(repository, base, lfs, SparseCone.ALL);
  }

  /**
   * A file or link as long as nobody else writes it.
   *
   * @param inTree the id that its bytes in the tree would have
   * @param inGit the id of what they stand for
   */
  record Known(ObjectId inTree, ObjectId inGit) {}

  Lfs lfs() {
    return lfs;
  }

  SparseCone cone() {
    return cone;
  }

  DirCache base() {
    return base;
  }

  /** What the base commit has at a path. */
  @Nullable DirCacheEntry base(String path) {
    byte[] bytes = WorkspacePath.encode(path);
    int at = base.findEntry(bytes, bytes.length);
    return at < 0 ? null : base.getEntry(at);
  }

  /** Whether the base commit or a patch has something in a folder. */
  boolean holdsBeneath(String folder) {
    if (folders.contains(folder)) {
      return true;
    }
    byte[] prefix = WorkspacePath.encode(folder + "/");
    int next = -(base.findEntry(prefix, prefix.length) + 1);
    if (next >= base.getEntryCount()) {
      return false;
    }
    byte[] found = base.getEntry(next).getRawPath();
    return found.length > prefix.length
        && Arrays.equals(found, 0, prefix.length, prefix, 0, prefix.length);
  }

  /** Reads what Git has. */
  byte[] read(ObjectId blob) throws IOException {
    return repository.open(blob, Constants.OBJ_BLOB).getBytes(Integer.MAX_VALUE);
  }

  /** Stores what Git is to have. */
  ObjectId store(byte[] blob) throws IOException {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      ObjectId id = inserter.insert(Constants.OBJ_BLOB, blob);
      inserter.flush();
      return id;
    }
  }

  /** Notes what the checkout has made of a file or link. */
  void note(String path, Known known) {
    files.put(path, known);
  }

  /** Notes what a patch has made of a file or link, which counts even where it is ignored. */
  void note(WorkspacePath path, Known known, Change change) {
    change.onUndo(undo(files, path.value()));
    files.put(path.value(), known);
    noteFolders(path);
  }

  Optional<Known> file(String path) {
    return Optional.ofNullable(files.get(path));
  }

  /** Makes a path a submodule at a commit, or, if empty, none any more. */
  void point(WorkspacePath path, Optional<ObjectId> commit, Change change) {
    change.onUndo(undo(submodules, path.value()));
    submodules.put(path.value(), commit);
    noteFolders(path);
  }

  /** The commit of the submodule at a path, if it is one. */
  Optional<ObjectId> submodule(String path) {
    Optional<ObjectId> pointed = submodules.get(path);
    if (pointed != null) {
      return pointed;
    }
    DirCacheEntry entry = base(path);
    return entry != null && entry.getFileMode().equals(FileMode.GITLINK)
        ? Optional.of(entry.getObjectId())
        : Optional.empty();
  }

  private void noteFolders(WorkspacePath path) {
    Optional<WorkspacePath> folder = path.parent();
    while (folder.isPresent() && folders.add(folder.get().value())) {
      folder = folder.get().parent();
    }
  }

  private static <T> Runnable undo(Map<String, T> map, String path) {
    T before = map.get(path);
    return () -> {
      if (before == null) {
        map.remove(path);
      } else {
        map.put(path, before);
      }
    };
  }
}
