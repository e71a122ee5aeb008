package io.numa.avatar.testkit;

import io.numa.avatar.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A monotonic time that runs, and that a test can move ahead. Safe for use by several threads. */
public final class ElapsedTime implements LongSupplier {
  private final AtomicLong leaps = new AtomicLong();

  /** Moves the time ahead. */
  public void pass(Duration duration) {
    leaps.addAndGet(duration.toNanos());
  }

  /** Nanoseconds since an arbitrary moment, as {@link TimeSource#nanoTime}. */
  @Override
  public long getAsLong() {
    return TimeSource.SYSTEM.nanoTime() + leaps.get();
  }
}
