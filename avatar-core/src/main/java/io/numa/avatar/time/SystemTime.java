package io.numa.avatar.time;

import java.time.Clock;

/** Measures time with the machine's monotonic clock. */
record SystemTime(Clock clock) implements TimeSource {
  @Override
  public long nanoTime() {
    return System.nanoTime();
  }
}
