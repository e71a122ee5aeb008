package io.numa.avatar.git.internal.local;

import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import java.io.IOException;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Checks that a repository on this machine has all objects that a checkout reads from it. */
public final class BorrowedBase {
  private BorrowedBase() {}

  /**
   * Checks the files of a commit. Only a partial clone may lack some, so only its objects are
   * looked for.
   *
   * @throws PortException of kind {@code NOT_FOUND} if there is none of them
   */
  public static void requireWhole(Repository repository, ObjectId commit, RepositoryUrl url)
      throws IOException {
    if (!isPartial(repository)) {
      return;
    }
    try (ObjectReader objects = repository.newObjectReader();
        var commits = new RevWalk(objects);
        var walk = new TreeWalk(objects)) {
      walk.setRecursive(true);
      walk.addTree(commits.parseCommit(commit).getTree());
      while (walk.next()) {
        if (!walk.getFileMode(0).equals(FileMode.GITLINK) && !objects.has(walk.getObjectId(0))) {
          throw new PortException(
              FailureKind.NOT_FOUND,
              ("could not read '" + walk.getPathString() + "' in '" + url + "': ")
                  + "it is a partial clone that does not have this file; check the branch out"
                  + " there first, or use a whole clone");
        }
      }
    }
  }

  /**
   * Whether a repository lacks a part of its history or files. A mirror of it would have broken
   * links, as JGit's server on this machine does not tell what is missing.
   */
  public static boolean isIncomplete(Repository repository) throws IOException {
    return isPartial(repository) || !repository.getObjectDatabase().getShallowCommits().isEmpty();
  }

  private static boolean isPartial(Repository repository) {
    var config = repository.getConfig();
    return config.getString("extensions", null, "partialclone") != null
        || config.getSubsections("remote").stream()
            .anyMatch(remote -> config.getBoolean("remote", remote, "promisor", false));
  }
}
