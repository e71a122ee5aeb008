package io.numa.avatar.time;

import java.time.Clock;
import java.time.Duration;

/**
 * Gives the time of day, and measures elapsed time. The build forbids other clocks, so that a test
 * can replace the machine's time by its own.
 */
public interface TimeSource {
  /** The machine's time, in UTC. */
  TimeSource SYSTEM = of(Clock.systemUTC());

  /** The clock for the time of day. Do not measure with it: an operator can set it. */
  Clock clock();

  /** Nanoseconds since an arbitrary moment, by a clock that only moves forwards. */
  long nanoTime();

  /** How much time has passed since {@link #nanoTime} was {@code start}. */
  default Duration since(long start) {
    return Duration.ofNanos(nanoTime() - start);
  }

  /** A source that shows the time of {@code clock}, and measures with the machine's. */
  static TimeSource of(Clock clock) {
    return new SystemTime(clock);
  }
}
