package io.numa.avatar.time;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Computes how long to wait after consecutive failures. The ceiling doubles each time up to a
 * limit, and the wait is a random part of it ("full jitter"), so that many avatars do not retry at
 * the same moment.
 */
public final class Backoff {
  private final Duration first;
  private final Duration limit;
  private final RandomGenerator random;
  private int failures;

  /** With a random generator of its own, for one thread: finding Java's default one takes long. */
  public Backoff(Duration first, Duration limit) {
    this(first, limit, new SplittableRandom());
  }

  /**
   * @param random gives the parts of the ceiling
   */
  public Backoff(Duration first, Duration limit, RandomGenerator random) {
    this.first = first;
    this.limit = limit;
    this.random = random;
  }

  /** For an unreachable backend while a task runs: a second at first, a minute at most. */
  public static Backoff ofBackend() {
    return new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));
  }

  /** Counts a failure, and returns how long to wait before the next try; never less than 1 ms. */
  public Duration next() {
    return after(++failures);
  }

  /**
   * Returns how long to wait after {@code count} consecutive failures, at least 1. For callers that
   * count failures themselves. Safe for use by several threads if the random generator is.
   */
  public Duration after(int count) {
    long ceiling = Durations.doubled(first, count - 1, limit).toMillis();
    return Duration.ofMillis(random.nextLong(1, Math.max(2, ceiling + 1)));
  }

  /** Forgets the failures so far. */
  public void reset() {
    failures = 0;
  }
}
