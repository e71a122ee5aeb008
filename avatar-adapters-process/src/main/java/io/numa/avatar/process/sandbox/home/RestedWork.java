package io.numa.avatar.process.sandbox.home;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.numa.avatar.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Does long work when it is asked to, in one twentieth of the time at most. All that ask during a
 * rest get the same work, at the end of the rest. Safe for use by several threads.
 */
final class RestedWork {
  /** A rest is as many times as long as the work before it. */
  private static final int REST = 19;

  private final Runnable work;
  private final ScheduledExecutorService timer;
  private final TimeSource time;
  private final AtomicBoolean asked = new AtomicBoolean();

  // Both are used by the timer's thread only.
  private long ended;
  private Duration rest = Duration.ZERO;

  /**
   * @param timer one thread, which does the work
   */
  RestedWork(Runnable work, ScheduledExecutorService timer, TimeSource time) {
    this.work = work;
    this.timer = timer;
    this.time = time;
  }

  /** Has the work done from its beginning once more, now or later. */
  void ask() {
    if (asked.compareAndSet(false, true)) {
      timer.execute(this::run);
    }
  }

  private void run() {
    Duration left = rest.minus(time.since(ended));
    if (left.compareTo(Duration.ZERO) > 0) {
      Future<?> ignored = timer.schedule(this::run, left.toNanos(), NANOSECONDS);
      return;
    }
    asked.set(false);
    long start = time.nanoTime();
    try {
      work.run();
    } finally {
      ended = time.nanoTime();
      rest = time.since(start).multipliedBy(REST);
    }
  }
}
