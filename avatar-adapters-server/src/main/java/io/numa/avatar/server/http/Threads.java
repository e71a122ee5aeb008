package io.numa.avatar.server.http;

import io.numa.avatar.time.Timers;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of the server. Requests have {@value #REQUESTS} threads and a queue. A watcher of
 * events has a thread of its own, of at most {@value #WATCHERS}, so that watchers keep no request
 * waiting. Safe for use by several threads.
 */
final class Threads implements Executor, AutoCloseable {
  static final int REQUESTS = 16;
  static final int WATCHERS = 64;

  /** More requests than there may be connections, so that none is ever refused here. */
  private static final int QUEUE = 1024;

  private final Duration patience;
  private final ScheduledExecutorService watchdog = Timers.daemon("avatar-server-watchdog");
  private final ThreadPoolExecutor requests =
      pool("avatar-server-", REQUESTS, REQUESTS, new ArrayBlockingQueue<>(QUEUE));
  private final ThreadPoolExecutor watchers =
      pool("avatar-watcher-", 0, WATCHERS, new SynchronousQueue<>());

  /**
   * @param patience how long a client may take to send or take a piece
   */
  Threads(Duration patience) {
    this.patience = patience;
  }

  private static ThreadPoolExecutor pool(
      String name, int core, int most, BlockingQueue<Runnable> queue) {
    var number = new AtomicInteger();
    var pool =
        new ThreadPoolExecutor(
            core,
            most,
            10,
            TimeUnit.SECONDS,
            queue,
            task -> new Patience.Server(task, name + number.incrementAndGet()));
    if (core > 0) {
      pool.allowCoreThreadTimeOut(true);
    }
    return pool;
  }

  /** Runs what the JDK's server does with a connection. */
  @Override
  public void execute(Runnable task) {
    requests.execute(() -> Patience.watch(watchdog, patience, task));
  }

  /**
   * Runs a watcher.
   *
   * @throws RejectedExecutionException if there are {@value #WATCHERS} already
   */
  void watch(Runnable task) {
    watchers.execute(() -> Patience.watch(watchdog, patience, task));
  }

  @Override
  public void close() {
    requests.shutdownNow();
    watchers.shutdownNow();
    watchdog.shutdownNow();
  }
}
