package io.numa.avatar.run;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after each failure in a row: twice as long each time up to a limit, and then a
 * random part of that, so that many avatars do not come back at once ("full jitter").
 */
public final class Backoff {
  private final Duration first;
  private final Duration limit;
  private final RandomGenerator random;
  private int failures;

  public Backoff(Duration first, Duration limit, RandomGenerator random) {
    this.first = first;
    this.limit = limit;
    this.random = random;
  }

  /** Counts a failure, and says how long to wait before the next try; never less than 1 ms. */
  public Duration next() {
    long ceiling = Math.min(limit.toMillis(), first.toMillis() << Math.min(failures++, 20));
    return Duration.ofMillis(random.nextLong(1, Math.max(2, ceiling + 1)));
  }

  /** Forgets the failures so far. */
  public void reset() {
    failures = 0;
  }
}
