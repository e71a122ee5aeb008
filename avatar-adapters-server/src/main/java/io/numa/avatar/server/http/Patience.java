package io.numa.avatar.server.http;

import io.numa.avatar.time.Interrupts;
import io.numa.avatar.time.TimeSource;
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
  private final Thread thread = Thread.currentThread();
  private final ScheduledExecutorService timer;
  private final long limit;
  private long since = TimeSource.SYSTEM.nanoTime();
  private @Nullable Future<?> next;
  private boolean onClient = true;
  private boolean ended;

  private Patience(ScheduledExecutorService timer, Duration limit) {
    this.timer = timer;
    this.limit = limit.toNanos();
  }

  /** A thread that serves one client after the other. */
  static final class Server extends Thread {
    private @Nullable Patience patience;

    Server(Runnable task, String name) {
      super(task, name);
      setDaemon(true);
    }
  }

  private static @Nullable Patience current() {
    return Thread.currentThread() instanceof Server server ? server.patience : null;
  }

  /**
   * Runs {@code task}, which waits for a client unless it says otherwise. The calling thread is a
   * {@link Server}.
   */
  static void watch(ScheduledExecutorService timer, Duration limit, Runnable task) {
    var server = (Server) Thread.currentThread();
    var patience = new Patience(timer, limit);
    server.patience = patience;
    patience.checkIn(patience.limit);
    try {
      task.run();
    } finally {
      server.patience = null;
      patience.end();
    }
  }

  /** The client of this thread has sent or taken a piece; the next one has as long again. */
  static void begin() {
    Patience patience = current();
    if (patience != null) {
      patience.set(true);
    }
  }

  /** This thread does not wait for its client until the next {@link #begin}. */
  static void pause() {
    Patience patience = current();
    if (patience != null) {
      patience.set(false);
    }
  }

  private synchronized void set(boolean waitsOnClient) {
    since = TimeSource.SYSTEM.nanoTime();
    onClient = waitsOnClient;
  }

  private synchronized void checkIn(long nanos) {
    if (!ended) {
      next = timer.schedule(this::check, nanos, TimeUnit.NANOSECONDS);
    }
  }

  private synchronized void check() {
    long left = onClient ? since + limit - TimeSource.SYSTEM.nanoTime() : limit;
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
    Interrupts.take(); // An interrupt that came too late was meant for this task alone.
  }
}
