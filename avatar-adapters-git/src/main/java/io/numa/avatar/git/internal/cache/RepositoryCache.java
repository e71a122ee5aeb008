package io.numa.avatar.git.internal.cache;

import io.numa.avatar.git.internal.support.Seal;
import io.numa.avatar.git.settings.CacheSettings;
import io.numa.avatar.git.settings.GitFeatures;
import io.numa.avatar.metric.Metrics;
import io.numa.avatar.time.TimeSource;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The files kept between tasks: mirrors, working trees and what setups made, within a size limit.
 */
public final class RepositoryCache {
  private static final long PAUSE = Duration.ofMinutes(10).toNanos();

  private final Mirrors mirrors;
  private final WorktreePool worktrees;
  private final DiskBudget budget;
  private final Path saved;
  private final Seal seal;
  private final Clock clock;
  private final AtomicLong nextLook = new AtomicLong(TimeSource.SYSTEM.nanoTime());

  /**
   * @param metrics are told how much space the cache takes, and how much was freed
   */
  public RepositoryCache(CacheSettings reuse, GitFeatures features, Clock clock, Metrics metrics) {
    this.mirrors = new Mirrors(reuse.mirrors(), clock);
    this.seal = Seal.by(reuse.seal());
    this.worktrees = new WorktreePool(reuse.trees(), reuse.keepCaches(), features, seal);
    this.budget = new DiskBudget(reuse, mirrors, worktrees, clock, metrics);
    this.saved = reuse.saved();
    this.clock = clock;
  }

  public Mirrors mirrors() {
    return mirrors;
  }

  public WorktreePool trees() {
    return worktrees;
  }

  /** The copies of files of a repository's trees. */
  public SavedFiles saved(RepositoryKey repository) {
    return new SavedFiles(saved.resolve(repository.value()), clock, seal);
  }

  /**
   * Removes old files if the cache is too large. This reads the size of every file, so it runs only
   * from time to time.
   */
  public void tidy() {
    long now = TimeSource.SYSTEM.nanoTime();
    long due = nextLook.get();
    if (now - due >= 0 && nextLook.compareAndSet(due, now + PAUSE)) {
      budget.enforce();
    }
  }
}
