package io.numa.avatar.git.internal.remote;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.task.CommitId;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** Searches the new commits of a branch for one that the avatar has pushed already. */
public final class UpstreamSearch {
  private static final int MAX_COMMITS = 1000;

  private final Repository repository;
  private final Optional<ObjectId> base;
  private final ObjectId tip;

  /** Searches the commits of {@code tip} that {@code base} does not have. */
  public UpstreamSearch(Repository repository, Optional<ObjectId> base, ObjectId tip) {
    this.repository = repository;
    this.base = base;
    this.tip = tip;
  }

  /**
   * The commit itself, or one with the attempt's trailers: the remote took the push, but its answer
   * was lost.
   */
  public Optional<CommitId> ofAttempt(Attempt attempt, CommitId commit) throws IOException {
    return ofAttempt(attempt, commit, MAX_COMMITS);
  }

  Optional<CommitId> ofAttempt(Attempt attempt, CommitId commit, int limit) throws IOException {
    return find(
        limit,
        other ->
            other.name().equals(commit.value())
                || PushLookup.isOf(attempt, other.getFullMessage()));
  }

  /** The commit of another attempt at the same task. */
  public Optional<CommitId> ofTask(Attempt attempt) throws IOException {
    return find(MAX_COMMITS, other -> PushLookup.isOf(attempt.task(), other.getFullMessage()));
  }

  private Optional<CommitId> find(int limit, Predicate<RevCommit> sought) throws IOException {
    try (var walk = new RevWalk(repository)) {
      walk.markStart(walk.parseCommit(tip));
      if (base.isPresent()) {
        walk.markUninteresting(walk.parseCommit(base.get()));
      }
      RevCommit commit = walk.next();
      for (int i = 0; i < limit && commit != null; i++) {
        if (sought.test(commit)) {
          return Optional.of(new CommitId(commit.name()));
        }
        commit = walk.next();
      }
      return Optional.empty();
    }
  }
}
