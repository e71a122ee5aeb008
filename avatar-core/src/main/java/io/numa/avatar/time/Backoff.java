package io.numa.avatar.time;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after each failure in a row: twice as long each time up to a limit, and then a
 * random part of that, so that many avatars do not come back at once ("full jitter").
 */
public final class Backoff {
  /** As many make 12 days of a second; more would only overflow. */
  private static final int MAX_DOUBLINGS = 20;

  private final Duration first;
  private final Duration limit;
  private final RandomGenerator random;
  private int failures;

  public Backoff(Duration first, Duration limit, RandomGenerator random) {
    this.first = first;
    this.limit = limit;
    this.random = random;
  }

  /** Of a backend that is away while a task is at work: a second at first, a minute at most. */
  public static Backoff ofBackend() {
    return new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1), RandomGenerator.getDefault());
  }

  /** Counts a failure, and says how long to wait before the next try; never less than 1 ms. */
  public Duration next() {
    return after(++failures);
  }

  /**
   * Says how long to wait after so many failures in a row, from 1, for those who count themselves.
   * Safe for use by several threads.
   */
  public Duration after(int count) {
    long ceiling =
        Math.min(limit.toMillis(), first.toMillis() << Math.min(count - 1, MAX_DOUBLINGS));
    return Duration.ofMillis(random.nextLong(1, Math.max(2, ceiling + 1)));
  }

  /** Forgets the failures so far. */
  public void reset() {
    failures = 0;
  }
}
