package io.numa.avatar.git;

import io.numa.avatar.git.internal.local.LocalRepositories;
import io.numa.avatar.task.RepositoryUrl;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.IndexDiff;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.submodule.SubmoduleWalk.IgnoreSubmoduleMode;
import org.eclipse.jgit.treewalk.FileTreeIterator;

/**
 * The changes in a working tree that are not committed.
 *
 * @param changed the paths of the files that Git follows, sorted
 * @param untracked the paths of the files that Git neither follows nor ignores, sorted
 */
public record UncommittedChanges(List<String> changed, List<String> untracked) {
  public UncommittedChanges {
    changed = List.copyOf(changed);
    untracked = List.copyOf(untracked);
  }

  /**
   * Reads them, and writes nothing. Empty if the repository is on another machine or has no working
   * tree.
   *
   * @throws IOException if the index or the tree cannot be read
   */
  public static Optional<UncommittedChanges> in(RepositoryUrl url) throws IOException {
    Optional<Repository> found = LocalRepositories.open(url);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try (Repository repository = found.get()) {
      return repository.isBare() ? Optional.empty() : Optional.of(in(repository));
    }
  }

  private static UncommittedChanges in(Repository repository) throws IOException {
    var diff = new IndexDiff(repository, Constants.HEAD, new FileTreeIterator(repository));
    diff.setIgnoreSubmoduleMode(IgnoreSubmoduleMode.ALL);
    diff.diff();
    var changed = new TreeSet<String>();
    changed.addAll(diff.getAdded());
    changed.addAll(diff.getChanged());
    changed.addAll(diff.getRemoved());
    changed.addAll(diff.getMissing());
    changed.addAll(diff.getModified());
    changed.addAll(diff.getConflicting());
    return new UncommittedChanges(
        List.copyOf(changed), List.copyOf(new TreeSet<>(diff.getUntracked())));
  }
}
