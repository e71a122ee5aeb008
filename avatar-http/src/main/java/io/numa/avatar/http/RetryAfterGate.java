package io.numa.avatar.http;

import io.numa.avatar.time.Durations;
import io.numa.avatar.time.Waiter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Is closed for as long as the server asks for by {@code Retry-After}; while it is closed, callers
 * send nothing. Safe for use by several threads.
 */
final class RetryAfterGate {
  private final Duration longest;
  private final LongSupplier nanoTime;
  private final AtomicLong end;

  /**
   * @param longest the longest pause; a longer {@code Retry-After} is cut to it
   */
  RetryAfterGate(Duration longest, LongSupplier nanoTime) {
    this.longest = longest;
    this.nanoTime = nanoTime;
    this.end = new AtomicLong(nanoTime.getAsLong());
  }

  /** Closes the gate for as long as the server asks, from now on. */
  void close(Duration retryAfter) {
    Duration believed = Durations.shorter(retryAfter, longest);
    long asked = nanoTime.getAsLong() + believed.toNanos();
    end.accumulateAndGet(asked, (old, other) -> other - old > 0 ? other : old);
  }

  /** How long the gate is still closed; zero or less if it is open. */
  Duration left() {
    return Duration.ofNanos(end.get() - nanoTime.getAsLong());
  }

  /**
   * Waits until the gate opens, at most the time that is left now: the server may ask for more
   * pauses meanwhile.
   *
   * @param more an additional pause, if the gate is closed
   */
  void await(Duration more) throws InterruptedException {
    Duration left = left();
    if (left.compareTo(Duration.ZERO) > 0) {
      new Waiter().pause(left.plus(more));
    }
  }
}
