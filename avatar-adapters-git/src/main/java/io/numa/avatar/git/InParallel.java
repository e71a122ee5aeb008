package io.numa.avatar.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Short work on many things that keeps several processors busy: calls to the system, mostly. */
final class InParallel {
  private static final int MAX_THREADS = 4;

  /** A thread takes about as long to start as these take to be done. */
  private static final int WORTH_A_THREAD = 100;

  private InParallel() {}

  /** Work on one thing. */
  @FunctionalInterface
  interface Work<T> {
    void on(T item) throws IOException;
  }

  /** Does the work on all of them, in no order; the first failure is thrown once all have ended. */
  static <T> void each(List<T> items, Work<T> work) throws IOException {
    var next = new AtomicInteger();
    int threads = Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors());
    List<FutureTask<Void>> helpers = new ArrayList<>();
    for (int i = 1; i < threads && items.size() > i * WORTH_A_THREAD; i++) {
      helpers.add(start("avatar-files-" + i, () -> takeEach(items, next, work)));
    }
    IOException failure = null;
    try {
      takeEach(items, next, work);
    } catch (IOException e) {
      failure = e;
    }
    for (FutureTask<Void> helper : helpers) {
      Throwable other = await(helper);
      failure = failure == null && other != null ? new IOException(other) : failure;
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** What another thread does meanwhile. */
  @FunctionalInterface
  interface Part {
    void run() throws IOException;
  }

  /** Has a thread of its own do something that is short, to be awaited whatever happens. */
  static FutureTask<Void> start(String name, Part part) {
    var task =
        new FutureTask<Void>(
            () -> {
              part.run();
              return null;
            });
    var thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  private static <T> void takeEach(List<T> items, AtomicInteger next, Work<T> work)
      throws IOException {
    for (int i = next.getAndIncrement(); i < items.size(); i = next.getAndIncrement()) {
      work.on(items.get(i));
    }
  }

  /**
   * Waits for such a thread, interrupted or not: nobody may look at files that are about to be
   * somebody else's.
   *
   * @return why it failed, if it did
   */
  static @Nullable Throwable await(FutureTask<Void> task) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          task.get();
          return null;
        } catch (InterruptedException e) {
          interrupted = true;
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
