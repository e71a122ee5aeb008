package io.numa.avatar.server.http;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends a thread's wait for a client that neither sends nor takes anything for a while: it
 * interrupts the thread, and Java closes a channel whose thread is interrupted while it waits for
 * the other side. Safe for use by several threads.
 */
final class Patience {
  private static final ThreadLocal<Patience> CURRENT = new ThreadLocal<>();

  private final Thread thread = Thread.currentThread();
  private final ScheduledExecutorService timer;
  private final long limit;
  private long since = System.nanoTime();
  private @Nullable Future<?> next;
  private boolean onClient = true;
  private boolean ended;

  private Patience(ScheduledExecutorService timer, Duration limit) {
    this.timer = timer;
    this.limit = limit.toNanos();
  }

  /** Runs {@code task}, which waits for a client unless it says otherwise. */
  static void watch(ScheduledExecutorService timer, Duration limit, Runnable task) {
    var patience = new Patience(timer, limit);
    CURRENT.set(patience);
    patience.checkIn(patience.limit);
    try {
      task.run();
    } finally {
      CURRENT.remove();
      patience.end();
    }
  }

  /** The client of this thread has sent or taken a piece; the next one has as long again. */
  static void begin() {
    Patience patience = CURRENT.get();
    if (patience != null) {
      patience.set(true);
    }
  }

  /** This thread does not wait for its client until the next {@link #begin}. */
  static void pause() {
    Patience patience = CURRENT.get();
    if (patience != null) {
      patience.set(false);
    }
  }

  private synchronized void set(boolean waitsOnClient) {
    since = System.nanoTime();
    onClient = waitsOnClient;
  }

  private synchronized void checkIn(long nanos) {
    if (!ended) {
      next = timer.schedule(this::check, nanos, TimeUnit.NANOSECONDS);
    }
  }

  private synchronized void check() {
    long left = onClient ? since + limit - System.nanoTime() : limit;
    if (!ended && left <= 0) {
      thread.interrupt();
    }
    checkIn(left > 0 ? left : limit);
  }

  private synchronized void end() {
    ended = true;
    if (next != null) {
      next.cancel(false);
    }
    Thread.interrupted(); // An interrupt that came too late was meant for this task alone.
  }
}
