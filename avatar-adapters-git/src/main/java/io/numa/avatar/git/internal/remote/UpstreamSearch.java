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

/** Looks through the commits that have come to a branch for one that is ours already. */
public final class UpstreamSearch {
  private static final int MAX_COMMITS = 1000;

  private final Repository repository;
  private final ObjectId base;
  private final ObjectId tip;

  /** Looks at what is in {@code tip}, and not in {@code base}. */
  public UpstreamSearch(Repository repository, ObjectId base, ObjectId tip) {
    this.repository = repository;
    this.base = base;
    this.tip = tip;
  }

  /** That very commit, or one with the attempt's trailers: its push was taken, its answer lost. */
  public Optional<CommitId> ofAttempt(Attempt attempt, ObjectId commit) throws IOException {
    return find(other -> other.equals(commit) || PushLookup.isOf(attempt, other.getFullMessage()));
  }

  /** One of another attempt at the same task. */
  public Optional<CommitId> ofTask(Attempt attempt) throws IOException {
    return find(other -> PushLookup.isOf(attempt.task(), other.getFullMessage()));
  }

  private Optional<CommitId> find(Predicate<RevCommit> sought) throws IOException {
    try (var walk = new RevWalk(repository)) {
      walk.markStart(walk.parseCommit(tip));
      walk.markUninteresting(walk.parseCommit(base));
      RevCommit commit = walk.next();
      for (int i = 0; i < MAX_COMMITS && commit != null; i++) {
        if (sought.test(commit)) {
          return Optional.of(new CommitId(commit.name()));
        }
        commit = walk.next();
      }
      return Optional.empty();
    }
  }
}
