package io.numa.avatar.git;

import io.numa.avatar.time.TimeSource;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** What tasks leave for later ones: mirrors, working trees, and a limit for all of it. */
final class Stock {
  private static final long PAUSE = Duration.ofMinutes(10).toNanos();

  private final Mirrors mirrors;
  private final Trees trees;
  private final DiskBudget budget;
  private final AtomicLong nextLook = new AtomicLong(TimeSource.SYSTEM.nanoTime());

  Stock(Reuse reuse, GitFeatures features, Clock clock) {
    this.mirrors = new Mirrors(reuse.mirrors(), clock);
    this.trees = new Trees(reuse.trees(), reuse.keepCaches(), features);
    this.budget = new DiskBudget(reuse, mirrors, trees);
  }

  Mirrors mirrors() {
    return mirrors;
  }

  Trees trees() {
    return trees;
  }

  /** Makes room where that is needed; as that takes a look at every file, only now and then. */
  void tidy() {
    long now = TimeSource.SYSTEM.nanoTime();
    long due = nextLook.get();
    if (now - due >= 0 && nextLook.compareAndSet(due, now + PAUSE)) {
      budget.enforce();
    }
  }
}
