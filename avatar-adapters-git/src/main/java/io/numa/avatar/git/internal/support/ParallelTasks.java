package io.numa.avatar.git.internal.support;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Handles many items on several processors. */
public final class ParallelTasks {
  private static final int MAX_THREADS = 4;

  /** How many items take about as long as the start of a thread. */
  private static final int WORTH_A_THREAD = 100;

  private ParallelTasks() {}

  /**
   * Handles items one after the other. Each thread has its own worker, or all threads share one.
   */
  @FunctionalInterface
  public interface Worker<T> extends AutoCloseable {
    void on(T item) throws IOException;

    @Override
    default void close() throws IOException {}
  }

  /** Creates the worker of one thread. */
  @FunctionalInterface
  public interface Workers<T> {
    Worker<T> make() throws IOException;
  }

  /**
   * Handles all items, in no order. After a failure, starts no further item, waits for the running
   * ones, and throws the failure.
   */
  public static <T> void each(List<T> items, Worker<T> shared) throws IOException {
    each(items, WORTH_A_THREAD, () -> shared);
  }

  /**
   * The same for items that take longer.
   *
   * @param worthAThread how many items take about as long as the start of a thread
   */
  public static <T> void each(List<T> items, int worthAThread, Workers<T> workers)
      throws IOException {
    var next = new AtomicInteger();
    Task part = () -> takeEach(items, next, workers);
    int threads = Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors());
    List<FutureTask<Void>> parts = new ArrayList<>();
    for (int i = 1; i < threads && items.size() > i * worthAThread; i++) {
      parts.add(start("avatar-helper-" + i, part));
    }
    FutureTask<Void> own = task(part);
    own.run();
    parts.add(own);
    Throwable failure = null;
    for (FutureTask<Void> each : parts) {
      Throwable other = await(each);
      failure = failure == null ? other : failure;
    }
    if (failure != null) {
      rethrow(failure);
    }
  }

  private static void rethrow(Throwable failure) throws IOException {
    if (failure instanceof RuntimeException defect) {
      throw defect;
    }
    if (failure instanceof Error error) {
      throw error;
    }
    throw failure instanceof IOException known ? known : new IOException(failure);
  }

  /** Work for another thread. */
  @FunctionalInterface
  public interface Task {
    void run() throws IOException;
  }

  /** Starts a short task on a new thread. The caller must await it in every case. */
  public static FutureTask<Void> start(String name, Task part) {
    FutureTask<Void> task = task(part);
    var thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  private static FutureTask<Void> task(Task part) {
    return new FutureTask<>(
        () -> {
          part.run();
          return null;
        });
  }

  private static <T> void takeEach(List<T> items, AtomicInteger next, Workers<T> workers)
      throws IOException {
    try (Worker<T> worker = workers.make()) {
      for (int i = next.getAndIncrement(); i < items.size(); i = next.getAndIncrement()) {
        worker.on(items.get(i));
      }
    } finally {
      next.set(items.size()); // if this failed, the others can stop
    }
  }

  /**
   * Waits for the end of a started task, even if interrupted: the task must not use files after the
   * caller has released them.
   *
   * @return the task's failure; null if it succeeded
   */
  static @Nullable public Throwable await(FutureTask<Void> task) {
    return await(task, () -> {});
  }

  /**
   * Waits for the end of a started task, even if interrupted.
   *
   * @param stop called when this thread is interrupted, to end the task early
   */
  static @Nullable public Throwable await(FutureTask<Void> task, Runnable stop) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          task.get();
          return null;
        } catch (InterruptedException e) {
          interrupted = true;
          stop.run();
        } catch (ExecutionException e) {
          return e.getCause();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
