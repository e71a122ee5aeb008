package io.numa.avatar.agent;

import io.numa.avatar.time.Durations;
import io.numa.avatar.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Whether an agent is out of work. It is, for a while, after it failed several times in a row to
 * start, to log in or to reach its model. Safe for use by several threads.
 */
final class Outages {
  private static final int FAILURES = 3;
  private static final Duration FIRST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofMinutes(30);

  private final Lock lock = new ReentrantLock();
  private final TimeSource time;
  private int failures;
  private int outages;
  private String reason = "";
  private long began;
  private Duration length = Duration.ZERO;

  Outages(TimeSource time) {
    this.time = time;
  }

  /** The agent did not fail in such a way. */
  void worked() {
    locked(
        () -> {
          failures = 0;
          outages = 0;
          return null;
        });
  }

  /** Counts a failure, and says until when the agent is out of work if it begins now. */
  Optional<Instant> failed(String message) {
    return locked(
        () -> {
          if (left().isPresent()) {
            return Optional.empty();
          }
          failures++;
          reason = message;
          return failures < FAILURES ? Optional.empty() : Optional.of(begin());
        });
  }

  /** Until when the agent is out of work. */
  Optional<Instant> until() {
    return locked(() -> left().map(time.clock().instant()::plus));
  }

  /** The last failure. */
  String reason() {
    return locked(() -> reason);
  }

  private Instant begin() {
    length = Durations.doubled(FIRST, outages, LONGEST);
    began = time.nanoTime();
    outages++;
    return time.clock().instant().plus(length);
  }

  private Optional<Duration> left() {
    Duration left = length.minus(time.since(began));
    return length.isZero() || left.isNegative() ? Optional.empty() : Optional.of(left);
  }

  private <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }
}
