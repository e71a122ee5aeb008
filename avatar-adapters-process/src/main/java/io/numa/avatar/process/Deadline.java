package io.numa.avatar.process;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.numa.avatar.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** The end of a waiting time, by the monotonic clock. */
final class Deadline {
  private static final Duration STEP = Duration.ofMillis(10);

  private final long start = TimeSource.SYSTEM.nanoTime();
  private final long limit;

  private Deadline(Duration limit) {
    this.limit = NANOSECONDS.convert(limit);
  }

  /** The moment {@code limit} from now; any duration is allowed. */
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

  /** Pauses between two looks at something that the system does not notify of. */
  static void pause() throws InterruptedException {
    new CountDownLatch(1).await(STEP.toMillis(), MILLISECONDS);
  }
}
