package io.numa.avatar.git.internal.cache;

import io.numa.avatar.git.settings.CacheSettings;
import io.numa.avatar.git.settings.GitFeatures;
import io.numa.avatar.time.TimeSource;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** What tasks leave for later ones: mirrors, working trees, and a limit for all of it. */
public final class RepositoryCache {
  private static final long PAUSE = Duration.ofMinutes(10).toNanos();

  private final Mirrors mirrors;
  private final WorktreePool worktrees;
  private final DiskBudget budget;
  private final AtomicLong nextLook = new AtomicLong(TimeSource.SYSTEM.nanoTime());

  public RepositoryCache(CacheSettings reuse, GitFeatures features, Clock clock) {
    this.mirrors = new Mirrors(reuse.mirrors(), clock);
    this.worktrees = new WorktreePool(reuse.trees(), reuse.keepCaches(), features);
    this.budget = new DiskBudget(reuse, mirrors, worktrees);
  }

  public Mirrors mirrors() {
    return mirrors;
  }

  public WorktreePool trees() {
    return worktrees;
  }

  /** Makes room where that is needed; as that takes a look at every file, only now and then. */
  public void tidy() {
    long now = TimeSource.SYSTEM.nanoTime();
    long due = nextLook.get();
    if (now - due >= 0 && nextLook.compareAndSet(due, now + PAUSE)) {
      budget.enforce();
    }
  }
}
