package io.numa.avatar.process;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.numa.avatar.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** A moment after which nobody waits any more, by a clock that nobody can set. */
final class Deadline {
  private static final Duration STEP = Duration.ofMillis(10);

  private final long start = TimeSource.SYSTEM.nanoTime();
  private final long limit;

  private Deadline(Duration limit) {
    this.limit = NANOSECONDS.convert(limit);
  }

  /** The moment {@code limit} from now, which may be longer than anybody lives. */
  static Deadline in(Duration limit) {
    return new Deadline(limit);
  }

  boolean passed() {
    return left().isZero();
  }

  /** The time left, not negative. */
  Duration left() {
    return Duration.ofNanos(Math.max(0, limit - (TimeSource.SYSTEM.nanoTime() - start)));
  }

  /** Waits a moment for something that cannot be waited for. */
  static void pause() throws InterruptedException {
    new CountDownLatch(1).await(STEP.toMillis(), MILLISECONDS);
  }
}
