package io.numa.avatar.time;

import java.time.Clock;
import java.time.Duration;

/**
 * What time it is, and how much of it has passed. The build allows no other way to either, so that
 * a test can put a time of its own in the place of the machine's.
 */
public interface TimeSource {
  /** The machine's time, in UTC. */
  TimeSource SYSTEM = of(Clock.systemUTC());

  /** Tells the time of day, which an operator can set; never measure with it. */
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
