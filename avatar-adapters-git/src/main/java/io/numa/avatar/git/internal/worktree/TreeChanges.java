package io.numa.avatar.git.internal.worktree;

import io.numa.avatar.git.internal.lfs.Lfs;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.ChangedFile;
import io.numa.avatar.port.repository.ChangedFile.Kind;
import io.numa.avatar.task.FailureKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** Finds the files that differ between two trees. */
public final class TreeChanges {
  private TreeChanges() {}

  /**
   * Returns the files that differ, sorted by path.
   *
   * @param lfs knows the sizes of files that LFS keeps
   * @throws PortException of kind {@code DENIED} if one has a name that must not be committed
   */
  public static List<ChangedFile> between(
      Repository repository, ObjectId from, ObjectId to, Lfs lfs) throws IOException {
    List<ChangedFile> changes = new ArrayList<>();
    try (TreeWalk walk = walk(repository, from, to)) {
      while (walk.next()) {
        changes.add(new ChangedFile(path(walk), size(walk, lfs), kind(walk)));
      }
    }
    return changes;
  }

  /** Visits the files that differ; the first tree of the walk is {@code from}. */
  static TreeWalk walk(Repository repository, ObjectId from, ObjectId to) throws IOException {
    var walk = new TreeWalk(repository);
    walk.setRecursive(true);
    walk.setFilter(TreeFilter.ANY_DIFF);
    walk.addTree(from);
    walk.addTree(to);
    return walk;
  }

  private static Kind kind(TreeWalk walk) {
    if (walk.getFileMode(0).equals(FileMode.MISSING)) {
      return Kind.ADDED;
    }
    return walk.getFileMode(1).equals(FileMode.MISSING) ? Kind.DELETED : Kind.CHANGED;
  }

  private static WorkspacePath path(TreeWalk walk) {
    try {
      return WorkspacePath.ofGit(walk.getRawPath());
    } catch (IllegalArgumentException e) {
      throw new PortException(
          FailureKind.DENIED, "could not commit the change: " + e.getMessage(), e);
    }
  }

  private static long size(TreeWalk walk, Lfs lfs) throws IOException {
    Optional<Long> kept = lfs.size(walk.getObjectId(1));
    if (kept.isPresent()) {
      return kept.get();
    }
    FileMode mode = walk.getFileMode(1);
    boolean blob = (mode.getObjectType() == Constants.OBJ_BLOB);
    return blob ? walk.getObjectReader().getObjectSize(walk.getObjectId(1), Constants.OBJ_BLOB) : 0;
  }
}
