package io.numa.avatar.http;

import io.numa.avatar.time.Waiter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Is closed for as long as the server has asked to be left alone, by {@code Retry-After}. Safe for
 * use by several threads.
 */
final class RetryAfterGate {
  private final Duration longest;
  private final LongSupplier nanoTime;
  private final AtomicLong end;

  /**
   * @param longest the longest pause that a server may ask for; a longer one is cut
   */
  RetryAfterGate(Duration longest, LongSupplier nanoTime) {
    this.longest = longest;
    this.nanoTime = nanoTime;
    this.end = new AtomicLong(nanoTime.getAsLong());
  }

  /** Closes it from now on, for as long as the server asks. */
  void close(Duration retryAfter) {
    Duration believed = retryAfter.compareTo(longest) < 0 ? retryAfter : longest;
    long asked = nanoTime.getAsLong() + believed.toNanos();
    end.accumulateAndGet(asked, (old, other) -> other - old > 0 ? other : old);
  }

  /** How long it is still closed; zero or less where it is open. */
  Duration left() {
    return Duration.ofNanos(end.get() - nanoTime.getAsLong());
  }

  /**
   * Waits until it opens, but no longer than it is closed for now: the server may ask again and
   * again.
   *
   * @param more what to wait longer if there is anything to wait for
   */
  void await(Duration more) throws InterruptedException {
    Duration left = left();
    if (left.compareTo(Duration.ZERO) > 0) {
      new Waiter().pause(left.plus(more));
    }
  }
}
