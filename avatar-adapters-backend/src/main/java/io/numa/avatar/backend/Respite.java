package io.numa.avatar.backend;

import io.numa.avatar.time.Waiter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The time for which the backend has asked to be left alone, by {@code Retry-After}. Safe for use
 * by several threads.
 */
final class Respite {
  private final Duration longest;
  private final LongSupplier nanoTime;
  private final AtomicLong end;

  /**
   * @param longest what is believed of what the backend asks for
   */
  Respite(Duration longest, LongSupplier nanoTime) {
    this.longest = longest;
    this.nanoTime = nanoTime;
    this.end = new AtomicLong(nanoTime.getAsLong());
  }

  /** Leaves the backend alone for as long as it asks, from now on. */
  void ask(Duration retryAfter) {
    Duration believed = retryAfter.compareTo(longest) < 0 ? retryAfter : longest;
    long asked = nanoTime.getAsLong() + believed.toNanos();
    end.accumulateAndGet(asked, (old, other) -> other - old > 0 ? other : old);
  }

  /** How long it still lasts; zero or less where it is over. */
  Duration left() {
    return Duration.ofNanos(end.get() - nanoTime.getAsLong());
  }

  /**
   * Waits for its end, but no longer than it lasts now: it may be asked for again and again.
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
